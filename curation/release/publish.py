"""Publishing: a version with whole texts is staged, checked as staged, and put into its place in one rename.

A version that is there never changes. Publishing the same again does nothing; publishing something else under its
number is refused.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from curation import schema, store
from curation.errors import DataError, UsageError
from curation.kernels.digests import byte_digests
from curation.release import assemble, manifest, place, shards, staged, versions, writer
from curation.release.difference.compare import GUIDELINES
from curation.release.difference.step import number
from curation.release.digest import BODY, Digest
from curation.release.mask import Masking, masking
from curation.release.papers.readme import Told
from curation.release.papers.write import write as write_papers
from curation.release.rights import with_licences
from curation.release.splits.certificate import Crossing
from curation.release.verify import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import pyarrow as pa

    from curation.release.manifest import Origin
    from curation.release.papers.card import Card
    from curation.release.papers.facts import Audited
    from curation.release.papers.labels import Agreed
    from curation.release.rights import Rights
    from curation.release.splits.certificate import Certificate
    from curation.release.writer import Written

#: whole texts, whatever rights.toml grants to others
FLAVOUR = "internal, not for redistribution"


class Checked(Protocol):
    """What a check says of the staged table."""

    @property
    def suite(self) -> str:
        """Name of what was checked."""

    @property
    def passed(self) -> bool:
        """Whether it may go out."""

    @property
    def failures(self) -> Sequence[object]:
        """What was not met; warnings, where it passed."""

    def json(self) -> dict[str, Any]:
        """The result, for the release's folder ``checks/``."""

    def lines(self) -> list[str]:
        """The result, for people."""


class Check(Protocol):
    """What looks at the staged table."""

    def __call__(self, released: Path, *, seen: pa.Table | None = None) -> Checked:
        """The table's folder, and what was seen of its texts already."""


@dataclass(frozen=True)
class Sources:
    """Where the tables of a release come from: Parquet files, or folders of them."""

    #: in release order, with whole bodies (see :mod:`curation.release.assemble`)
    released: Path
    annotations: Path | None = None
    labels: Path | None = None
    #: for the card's figures
    rejected: Sequence[Path] = ()
    selection: Path | None = None
    edits: Sequence[Path] = ()
    findings: Sequence[Path] = ()
    #: the codebook of each campaign, which travels with its labels
    guidelines: Mapping[str, Path] | None = None
    #: of whole texts, made without stop-shingles; texts that lack one are signed again
    signatures: Sequence[Path] = ()
    #: ids of what was taken down, ever
    withdrawn: Collection[str] = ()


@dataclass(frozen=True)
class Published:
    """A version of a release that is in its place."""

    folder: Path
    version: str
    is_new: bool
    rows: int
    logical_digest: str
    #: the flavour for everybody, where it was published, too
    public: Published | None = None


def publish(
    sources: Sources,
    into: Path,
    *,
    name: str,
    version: str | None,
    date: str,
    rights: Rights,
    card: Card,
    origin: Origin,
    check: Check,
    mask: Sequence[str] = (),
    audits: Sequence[Audited] = (),
    agreed: Sequence[Agreed] = (),
    gates: Sequence[Checked] = (),
    splits: Mapping[str, Any] | None = None,
) -> Published:
    """Publish a version of a corpus into ``<into>/<name>/<version>/``.

    Args:
        sources: the tables.
        into: the folder of all releases.
        name: name of the corpus.
        version: its number; None stands for the latest if nothing changed, else for what the change needs.
        date: its day, from :func:`~curation.release.manifest.release_date`.
        rights: the licence of each outlet's texts.
        card: the human parts of the README.
        origin: digests of what it was made from.
        check: what must pass on the staged table; it is given what was seen of the texts when they were read back.
        mask: kinds of private data that are masked (see :mod:`curation.release.mask`).
        audits: what audits found, for the README; other findings make another version.
        agreed: how far people agree, for the README.
        gates: what was checked before, all of which must have passed.
        splits: how they were made, for the manifest.

    Raises:
        UsageError: name, version or a kind to mask can't be used.
        DataError: the checks failed, this version exists with other content, or its number is too small.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", name):
        raise UsageError(f"'{name}' can't name a release", remedy="Use small letters, digits, - and _.")
    if version is not None and not re.fullmatch(versions.PATTERN, version):
        raise UsageError(f"'{version}' is no version", remedy="Write three numbers: 1.0.0")
    refuse_failed(gates)
    home = into / name
    hidden = masking(sources.released, mask)
    with place.lock(home), place.staging(home) as staging:
        seen = staged.Seen()
        tables, written, crossing = _write_and_search(staging, sources, rights, hidden, seen)
        logical = store.digest({config: table["logical_digest"] for config, table in tables.items()})
        for campaign, codebook in sorted((sources.guidelines or {}).items()):
            store.write_atomically(staging / GUIDELINES / f"{campaign}.toml", codebook.read_bytes())
        known = [*([hidden.counts] if mask else []), *([[vars(audit) for audit in audits]] if audits else [])]
        known += [store.file_digest(path) for path in sorted((staging / GUIDELINES).glob("*.toml"))]
        content = store.digest([logical, rights.digest(), card.digest(), *known])
        rows = tables["default"]["rows"]
        there = version or versions.holds(home, content)
        if there and (home / there).exists():
            versions.refuse_other(home / there, content)
            versions.point_latest(home, there)
            return Published(home / there, there, False, rows, logical)

        told = {"name": name, "tables": tables}
        version = number(home, staging, version, told, sources.selection, sources.withdrawn)
        certified = _read_back(written, seen, crossing)
        checked = check(staging / "data" / "default", seen=seen.table())
        refuse_failed([checked])
        edition = {"name": name, "version": version, "date": date, "flavour": FLAVOUR}
        certificate = certified.to_dict()
        results = [one.json() for one in (*gates, checked)]
        telling = Told(hidden.counts, certificate, results, audits, agreed)
        described = manifest.entries(staging, written)
        words = write_papers(staging, sources, card, edition, tables, telling, described, digest=logical)
        record = {
            **edition,
            "previous": versions.previous(home, version),
            "title": card.title,
            "citation_authors": [*card.citation_authors],
            "licence": card.licence,
            **({"url": card.url} if card.url else {}),
            "content": content,
            "logical_digest": logical,
            "tables": tables,
            "splits": {**(splits or {}), "certificate": certificate},
            "counts": {"articles": rows, "words": words},
            "masked": hidden.counts,
            "checks": summary([*gates, checked]),
            "rights_digest": rights.digest(),
            "card_digest": card.digest(),
            "inputs": dict(origin.inputs),
            "config_digest": origin.config,
            "code_digest": origin.code,
        }
        seal(staging, home, record, written)
        return Published(place.put(staging, home, version), version, True, rows, logical)


def refuse_failed(results: Sequence[Checked]) -> None:
    """Go on only with what passed.

    Raises:
        DataError: something did not.
    """
    if failed := [line for one in results if not one.passed for line in one.lines()]:
        raise DataError("\n".join(["the release did not pass its checks:", *failed]))


def summary(results: Sequence[Checked]) -> dict[str, dict[str, Any]]:
    """What the manifest says of checks."""
    return {one.suite: {"passed": one.passed, "failures": len(one.failures)} for one in results}


def seal(staging: Path, home: Path, record: Mapping[str, Any], written: Sequence[Written]) -> None:
    """Write manifest and sums of a staged version, and prove that each byte on disk is the one that was written.

    Args:
        staging: all its other files.
        home: where its earlier versions are; data files that have not changed since are one with theirs.
        record: what the manifest tells, but for files and environment.
        written: its data files.

    Raises:
        DataError: a file is not what was written.
    """
    files = manifest.files(staging, written)
    if before := record["previous"]:
        place.link_unchanged(staging, files, home / before["version"])
    whole = {**record, "files": files, "environment": manifest.environment()}
    store.write_json(staging / manifest.MANIFEST, whole)
    store.write_atomically(staging / manifest.SUMS, manifest.sums(staging, files).encode())
    staged.refuse(differences(staging, rows=False))


# -- the data -------------------------------------------------------------------------------------


def _write_and_search(
    staging: Path, sources: Sources, rights: Rights, hidden: Masking, seen: staged.Seen
) -> tuple[dict[str, dict[str, Any]], list[Written], Crossing]:
    """Write the tables; meanwhile, search for texts of different splits that are alike."""
    scratch = TemporaryDirectory(prefix=".scratch", dir=staging)
    with scratch as folder, ThreadPoolExecutor(1) as other:
        search = other.submit(Crossing.find, hidden.texts(sources.released), Path(folder), sources.signatures)
        tables, written = _write_data(staging, sources, rights, hidden, seen)
        return tables, written, search.result().in_order(_published(staging))


def _published(staging: Path) -> pa.StringArray:
    """The ids of the documents, in the order of their files."""
    return store.read_table(staging / "data" / "default", ["id"])["id"].combine_chunks()


def _write_data(
    staging: Path, sources: Sources, rights: Rights, hidden: Masking, seen: staged.Seen
) -> tuple[dict[str, dict[str, Any]], list[Written]]:
    """Write the tables: their rows, columns and logical digests by configuration, and their files."""
    documents = (
        with_licences(hidden.documents(schema.conform("released", table)), rights)
        for table in store.scan([sources.released])
    )
    tables, written = {}, []
    tables["default"], files = write_config(staging, "default", documents, look=seen.texts)
    written += files
    published = _published(staging)
    for name, place_ in (("annotations", sources.annotations), ("labels", sources.labels)):
        if place_ is not None:
            table = hidden.answers(assemble.answers(name, store.read_table(place_), published))
            if table.num_rows:
                tables[name], files = write_config(staging, name, [table])
                written += files
    return tables, written


def write_config(
    staging: Path,
    config: str,
    tables: Iterable[pa.Table],
    table_name: str | None = None,
    look: Callable[[pa.Table, pa.StringArray], None] | None = None,
) -> tuple[dict[str, Any], list[Written]]:
    """Write one configuration into ``data/``; returns what the manifest says of it, and its files.

    Args:
        staging: the release.
        config: default, annotations or labels.
        tables: its rows; documents in the order of their files.
        table_name: of its schema.
        look: is given the documents and the digests of their bodies.
    """
    name = table_name or manifest.table_of(config)
    columns = manifest.columns_of(name)
    kind = manifest.arrow_schema(columns)
    digest = Digest(kind)
    folder = staging / "data" / config

    def take(table: pa.Table) -> None:
        bodies = byte_digests(table[BODY]) if BODY in kind.names else None
        digest.add(table, bodies)
        if look and bodies is not None:
            look(table, bodies)

    counted = staged.aside(tables, take)
    if config == "default":
        written = shards.write(folder, kind, counted)
    else:
        written = [writer.write(folder / f"{config}.parquet", kind, counted)]
    rows = sum(file.rows for file in written)
    return {"table": name, "rows": rows, "columns": columns, "logical_digest": digest.hexdigest()}, written


def _read_back(written: Sequence[Written], seen: staged.Seen, crossing: Crossing) -> Certificate:
    """Prove the rows; on the way, learn what the check asks of them, and how similar texts of different splits are."""

    def look(path: Path, table: pa.Table) -> None:
        seen.add(path, table)
        crossing.add(staged.with_text(table)["body"])

    staged.read_back(written, look)
    return crossing.certificate()
