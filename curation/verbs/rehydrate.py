"""rehydrate: the texts of a public release from one's own scrape, proved piece by piece."""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.errors import UsageError
from curation.ingest.urls import url_key
from curation.release.manifest import MANIFEST
from curation.release.public.pieces import pieces
from curation.release.public.rehydrate import REPORT, STATUSES, rehydrate
from curation.verbs.files import run_on_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.config import Config


@dataclass(frozen=True)
class Found:
    """What became of the documents of a release, and of the passages that were marked in them."""

    folder: Path
    counts: dict[str, int]
    spans: int
    spans_back: int


def addresses(release: Path) -> list[str]:
    """The addresses of the texts that a public release withholds.

    Raises:
        UsageError: it is no public release, or it keeps its addresses back.
    """
    _check(release)
    found: list[str] = []
    for table in store.scan([release / "data" / "default"], ["url", "text_access"]):
        found += table.filter(pc.not_equal(table["text_access"], "full"))["url"].drop_null().to_pylist()
    if not found:
        remedy = "Texts are matched by their hashes all the same: curation rehydrate RELEASE --from FOLDER -o OUT"
        raise UsageError(
            "this release withholds nothing, or keeps its addresses back", where=str(release), remedy=remedy
        )
    return list(dict.fromkeys(found))


def rehydrate_release(release: Path, source: Path, out: Path, config: Config) -> Found:
    """Write the tables of a public release with the texts of a scrape into a folder.

    Args:
        release: the public flavour of a version.
        source: raw input of any readable kind, or a folder that ``curation clean`` wrote.
        out: for documents, annotations and labels, the report and what is lost.
        config: the settings of cleaning.

    Raises:
        UsageError: it is no public release, or there is no source.
        InputError: nothing of the source can be read.
    """
    _check(release)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".curation-", dir=out) as scratch:
        if not (source / "documents.parquet").is_file():
            run_on_files(source, Path(scratch), "clean", config)
            source = Path(scratch)
        _write(release, source / "documents.parquet", out)
    if (release / "data" / "labels").is_dir():
        store.write_table(out / "labels.parquet", store.read_table(release / "data" / "labels"))
    report = store.read_table(out / "rehydration.parquet")
    statuses = Counter(report["status"].to_pylist())
    spans, back = (pc.sum(report[name]).as_py() or 0 for name in ("spans", "spans_back"))
    return Found(out, {status: statuses[status] for status in STATUSES}, spans, back)


def _check(release: Path) -> None:
    try:
        told = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
        is_public = told["tables"]["default"]["table"] == "public"
    except (OSError, ValueError, KeyError):
        remedy = "Name a folder like releases/NAME-public/1.0.0."
        raise UsageError("no release", where=str(release), remedy=remedy) from None
    if not is_public:
        raise UsageError("this flavour holds its texts already", where=str(release), remedy="Rehydrate the public one.")


def _write(release: Path, texts: Path, out: Path) -> None:
    """Rehydrate piece by piece; only the texts of one piece are in memory."""
    homes = _Homes(texts)
    place = release / "data" / "annotations"
    answers = store.read_table(place) if place.is_dir() else schema.empty("public_annotations")
    # one reading for four tables
    parts: dict[str, list[Path]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix=".parts-", dir=out) as scratch:
        for number, table in enumerate(store.scan([release / "data" / "default"])):
            here = answers.filter(pc.is_in(answers["document_id"], table["id"].combine_chunks()))
            made = rehydrate(table, here, homes.of(table))
            for name, rows in (
                ("documents", made.documents),
                ("annotations", made.annotations),
                ("rehydration", made.report),
                ("lost", made.lost),
            ):
                path = Path(scratch) / name / f"part-{number:05d}.parquet"
                store.write_table(path, rows)
                parts[name].append(path)
        kinds = {"documents": "public", "annotations": "public_annotations", "lost": "public_annotations"}
        for name, paths in parts.items():
            kind = schema.arrow_schema(kinds[name]) if name in kinds else REPORT
            store.write_stream(out / f"{name}.parquet", kind, store.scan(paths))


class _Homes:
    """The documents of a scrape, found by address, by text and by piece."""

    def __init__(self, texts: Path) -> None:
        self._texts = texts
        self._by_address: dict[str, list[str]] = defaultdict(list)
        self._by_text: dict[str, list[str]] = defaultdict(list)
        self._by_piece: dict[str, list[str]] = defaultdict(list)
        for table in store.scan([texts], ["id", "url_key", "text_sha256", "body"]):
            for id_, address, digest, body in zip(*(column.to_pylist() for column in table.columns), strict=True):
                if address:
                    self._by_address[address].append(id_)
                self._by_text[digest].append(id_)
                for piece in pieces(body):
                    self._by_piece[piece.hash].append(id_)

    def of(self, documents: pa.Table) -> dict[str, list[str]]:
        """The texts that come into question for each document of a release."""
        wanted: dict[str, list[str]] = {}
        for row in documents.select(["id", "url", "text_sha256", "pieces"]).to_pylist():
            found = [*self._by_address.get(url_key(row["url"]) or "", ()), *self._by_text.get(row["text_sha256"], ())]
            if not row["url"]:
                found += [id_ for piece in row["pieces"] for id_ in self._by_piece.get(piece["hash"], ())]
            wanted[row["id"]] = list(dict.fromkeys(found))
        ids = pa.array(sorted({id_ for found in wanted.values() for id_ in found}), pa.string())
        bodies = {row["id"]: row["body"] for table in self._scan(ids) for row in table.to_pylist()}
        return {id_: [bodies[one] for one in found if one in bodies] for id_, found in wanted.items()}

    def _scan(self, ids: pa.Array) -> Iterator[pa.Table]:
        return store.scan_where([self._texts], "id", ids, ["id", "body"])
