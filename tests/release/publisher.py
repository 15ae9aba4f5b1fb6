"""A publisher in a process of its own; it begins when it is told to."""

from __future__ import annotations

import sys
from pathlib import Path

from curation.check.tables import check_released
from curation.errors import CurationError
from curation.release.manifest import Origin
from curation.release.papers.card import load_card
from curation.release.publish import Sources, publish
from curation.release.rights import load_rights


def main() -> None:
    into, folder = Path(sys.argv[1]), Path(sys.argv[2])
    names = ("released", "annotations", "labels", "selection")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        made = publish(
            Sources(**{name: folder / f"{name}.parquet" for name in names}),
            into,
            name="pasar",
            version="1.0.0",
            date="2025-07-01",
            rights=load_rights(folder / "rights.toml"),
            card=load_card(folder / "card.toml"),
            origin=Origin(inputs={}, config="", code=""),
            check=check_released,
        )
    except CurationError as error:
        sys.stdout.write(str(error))
        sys.exit(error.exit_code)
    sys.stdout.write("new" if made.is_new else "done")


if __name__ == "__main__":
    main()
