"""The public flavour of a version: made from the internal one, with the same ids under the same number."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Any

from curation import store
from curation.errors import UsageError
from curation.release import manifest, place, staged, versions
from curation.release.difference.compare import GUIDELINES
from curation.release.papers.readme import Told
from curation.release.papers.write import write as write_papers
from curation.release.public import tables
from curation.release.publish import Published, Sources, refuse_failed, seal, summary, write_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from curation.release.papers.card import Card
    from curation.release.papers.facts import Audited
    from curation.release.papers.labels import Agreed
    from curation.release.publish import Checked
    from curation.release.rights import Rights
    from curation.release.writer import Written

FLAVOUR = "public, texts as far as their rights allow"
#: beside the internal flavour's folder
SUFFIX = "-public"


def publish_public(
    internal: Path,
    sources: Sources,
    *,
    rights: Rights,
    card: Card,
    key: bytes,
    with_urls: bool,
    check: Callable[[Path], Checked],
    audits: Sequence[Audited] = (),
    agreed: Sequence[Agreed] = (),
    gates: Sequence[Checked] = (),
) -> Published:
    """Publish the public flavour of a version into ``<name>-public/<version>/`` beside it.

    Args:
        internal: folder of the internal flavour.
        sources: where the card's figures come from.
        rights: which texts may go out.
        card: the human parts of the README.
        key: of hashes that others must not be able to compute.
        with_urls: whether addresses go out.
        check: what must pass on the staged table.
        audits: what audits found, for the README.
        agreed: how far people agree, for the README.
        gates: what was checked before the internal flavour was made.

    Raises:
        UsageError: there is no such version.
        DataError: the checks failed, or this version exists with other content.
    """
    told = _manifest(internal)
    home = internal.parent.with_name(internal.parent.name + SUFFIX)
    with place.lock(home), place.staging(home) as staging:
        made, written = _write_data(staging, internal, told, rights, key, with_urls)
        logical = store.digest({config: table["logical_digest"] for config, table in made.items()})
        content = store.digest([logical, rights.digest(), card.digest(), told["content"]])
        version, rows = told["version"], made["default"]["rows"]
        if (home / version).exists():
            versions.refuse_other(home / version, content)
            versions.point_latest(home, version)
            return Published(home / version, version, False, rows, logical)
        for name in ("CHANGES.md", "changes.parquet", GUIDELINES):
            _copy(internal / name, staging / name)
        staged.read_back(written, lambda path, table: None)
        checked = check(staging / "data" / "default")
        refuse_failed([checked])
        edition = {"name": told["name"], "version": version, "date": told["date"], "flavour": FLAVOUR}
        results = [one.json() for one in (*gates, checked)]
        telling = Told(told["masked"], told["splits"]["certificate"], results, audits, agreed)
        described = manifest.entries(staging, written)
        words = write_papers(staging, sources, card, edition, made, telling, described, digest=logical)
        record = {
            **told,
            **edition,
            "previous": versions.previous(home, version),
            "content": content,
            "logical_digest": logical,
            "tables": made,
            "internal": {
                "logical_digest": told["logical_digest"],
                "manifest_sha256": store.file_digest(internal / manifest.MANIFEST),
            },
            "counts": {"articles": rows, "words": words},
            "checks": summary([*gates, checked]),
            "rights_digest": rights.digest(),
            "card_digest": card.digest(),
        }
        seal(staging, home, record, written)
        return Published(place.put(staging, home, version), version, True, rows, logical)


def load_key(state: Path) -> bytes:
    """The key of a workspace's keyed hashes, made at first use; it never leaves the workspace.

    Args:
        state: folder of what runs carry over.
    """
    path = state / "release.key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        new.replace(path)
    try:
        return bytes.fromhex(path.read_text())
    except ValueError:
        raise UsageError("not a key", where=str(path), remedy="Bring it back from a backup.") from None


def _manifest(internal: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((internal / manifest.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError("no release", where=str(internal), remedy="Publish it first: curation publish") from None
    return told


def _write_data(
    staging: Path, internal: Path, told: dict[str, Any], rights: Rights, key: bytes, with_urls: bool
) -> tuple[dict[str, dict[str, Any]], list[Written]]:
    data = internal / "data"

    def documents() -> Iterator[pa.Table]:
        # in the order of the dates again, whatever the names of the files
        files = sorted(store.parquet_files(data / "default"), key=lambda path: path.stem.partition("-")[2])
        for table in store.scan(files):
            yield tables.documents(table, rights, key, with_urls=with_urls)

    made, written = {}, []
    made["default"], files = write_config(staging, "default", documents(), "public")
    written += files
    access = store.read_table(staging / "data" / "default", ["id", "text_access", "text_sha256"])
    if "annotations" in told["tables"]:
        answers = tables.answers(store.read_table(data / "annotations"), access, key)
        made["annotations"], files = write_config(staging, "annotations", [answers], "public_annotations")
        written += files
    if "labels" in told["tables"]:
        made["labels"], files = write_config(staging, "labels", [store.read_table(data / "labels")])
        written += files
    return made, written


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)
