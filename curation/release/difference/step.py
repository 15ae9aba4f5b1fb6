"""The step from the latest version to the one that is staged: what changed, which number that needs, and the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.release import versions, writer
from curation.release.difference import words
from curation.release.difference.bump import WITHDRAWN, bump, following, refuse_smaller
from curation.release.difference.compare import SCHEMA, compare

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from curation.release.difference.compare import Difference


def number(
    home: Path,
    staging: Path,
    version: str | None,
    told: Mapping[str, Any],
    selection: Path | None,
    withdrawn: Collection[str] = (),
) -> str:
    """The number of the staged version; writes ``CHANGES.md``, and from the second version on ``changes.parquet``.

    Args:
        home: where the versions are.
        staging: the new one, its tables written.
        version: as somebody wants it; None takes the least that the difference needs.
        told: name and tables of the new one.
        selection: says why documents are gone.
        withdrawn: ids of documents that were taken down.

    Raises:
        DataError: the version that is wanted is too small.
    """
    base = versions.before(home, version) if version else versions.latest(home)
    if base is None:
        version = version or "1.0.0"
        text = words.first(f"{told['name']} {version}", told["tables"]["default"]["rows"])
        store.write_atomically(staging / "CHANGES.md", text.encode())
        return version
    reasons = _reasons(base, selection) | dict.fromkeys(withdrawn, WITHDRAWN)
    found = compare(base, staging, told={**told, "version": version}, reasons=reasons)
    step, why = bump(found)
    if version:
        refuse_smaller(version, base.name, step, why)
    else:
        version = following(base.name, step)
        found = replace(found, after=f"{told['name']} {version}")
    write(staging, found)
    return version


def write(staging: Path, difference: Difference) -> None:
    """The record of a difference, for people and for machines."""
    store.write_atomically(staging / "CHANGES.md", words.markdown(difference).encode())
    writer.write(staging / "changes.parquet", SCHEMA, [difference.changes])


def _reasons(base: Path, selection: Path | None) -> dict[str, str]:
    """Why documents of a version are not selected any more."""
    if selection is None:
        return {}
    published = store.read_table(base / "data" / "default", ["id"])["id"].combine_chunks()
    table = store.read_table(selection, ["id", "selected", "outcome"])
    here = pc.is_in(table["id"], value_set=published)
    gone = table.filter(pc.and_(here, pc.invert(table["selected"])))
    reasons = dict(zip(gone["id"].to_pylist(), gone["outcome"].to_pylist(), strict=True))
    missing = published.filter(pc.invert(pc.is_in(published, value_set=table["id"].combine_chunks())))
    return reasons | dict.fromkeys(pa.array(missing).to_pylist(), "no longer in the corpus")
