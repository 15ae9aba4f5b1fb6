"""The signatures of released texts: the workspace's own where it has signed this very text, made here for the rest."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.dedup.shingle import SPEC
from curation.dedup.signature import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    #: gives the columns that are asked for, of id, split, body and text_sha256, of all documents in one order
    Texts = Callable[[Sequence[str]], Iterable[pa.Table]]
    Batch = Callable[[Sequence[str]], Iterator[pa.Table]]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

#: the last batch meets itself and those before it, so train never meets itself; held documents are in no split, and
#: nothing is claimed of them
BATCHES = {"train": ("train",), "others": ("validation", "test")}


def home(texts: Texts) -> pa.Table:
    """id, split and text_sha256 of all documents, in their order."""
    columns = ["id", "split", "text_sha256"]
    parts = [*texts(columns)] or [pa.table({name: pa.array([], pa.string()) for name in columns})]
    return pa.concat_tables(parts).combine_chunks()


def batches(texts: Texts, where: pa.Table, known: Sequence[Path], scratch: Path, threads: int) -> list[Batch]:
    """The signatures of :data:`BATCHES`, as the search for candidates takes them; those without documents are left out.

    Args:
        texts: the documents.
        where: what :func:`home` says of them.
        known: tables `signatures` of whole texts, made without stop-shingles.
        scratch: an empty folder.
        threads: how many at once.
    """
    reused = _Known(known, where)
    found: list[Batch] = []
    members = {name: pc.is_in(where["split"], pa.array(splits)).to_numpy() for name, splits in BATCHES.items()}
    missing = {name: member & ~reused.is_signed for name, member in members.items()}
    _sign(texts, missing, scratch, threads)
    for name, member in members.items():
        if member.any():
            found.append(partial(_batch, reused, member & reused.is_signed, scratch / name))
    return found


def _batch(reused: _Known, member: Flags, folder: Path, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The columns of a batch's signatures."""
    return itertools.chain(reused.scan(member, columns), store.scan([folder], columns))


def _sign(texts: Texts, missing: dict[str, Flags], scratch: Path, threads: int) -> None:
    """Sign the documents that nobody has signed, into a folder a batch."""
    if not any(rows.any() for rows in missing.values()):
        return
    start = 0
    for number, table in enumerate(texts(["id", "body", "text_sha256"])):
        for name, rows in missing.items():
            here = rows[start : start + table.num_rows]
            if here.any():
                signed = sign(table.filter(pa.array(here)), threads=threads)
                store.write_table(scratch / name / f"part-{number:05d}.parquet", signed)
        start += table.num_rows


class _Known:
    """Rows of tables `signatures` that are of the texts of some documents.

    Args:
        places: the tables.
        where: id and text_sha256 of the documents.
    """

    def __init__(self, places: Sequence[Path], where: pa.Table) -> None:
        self._places = places
        told = [_narrow(table) for table in store.scan(places, _NARROW)]
        rows = pa.concat_tables(told or [_narrow(schema.empty("signatures"))]).combine_chunks()
        at = pc.index_in(where["id"], value_set=rows["id"].combine_chunks())
        same = pc.and_(pc.equal(rows["text_sha256"].take(at), where["text_sha256"]), rows["spec"].take(at))
        #: by document: whether its text is signed
        self.is_signed: Flags = pc.fill_null(same, False).to_numpy()
        self._row = pc.fill_null(at, 0).to_numpy().astype(np.int64)
        self._where = where
        self._sizes = rows["n_shingles"]

    def scan(self, member: Flags, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The signatures of some of the documents that are signed, in the order in which they were read."""
        documents = np.flatnonzero(member)
        # one a row: two documents of one id are the check's to refuse
        documents = documents[np.unique(self._row[documents], return_index=True)[1]]
        if {*columns} <= {"id", "text_sha256", "n_shingles", "url_key"}:
            yield self._held(documents).select(columns)
            return
        wanted = np.zeros(len(self._sizes), bool)
        wanted[self._row[documents]] = True
        start = 0
        for table in store.scan(self._places, columns):
            here = wanted[start : start + table.num_rows]
            start += table.num_rows
            if here.any():
                yield table if here.all() else table.filter(pa.array(here))

    def _held(self, documents: Numbers) -> pa.Table:
        """What is known without reading again; addresses are none of a release's business."""
        known = self._where.select(["id", "text_sha256"]).take(pa.array(documents))
        sizes = self._sizes.take(pa.array(self._row[documents]))
        addresses = pa.nulls(len(documents), pa.string())
        return known.append_column("n_shingles", sizes).append_column("url_key", addresses)


_NARROW = ("id", "text_sha256", "spec", "n_shingles")


def _narrow(table: pa.Table) -> pa.Table:
    """What tells whether a signature is of a text; names of a spec are long and all alike."""
    return table.select(["id", "text_sha256", "n_shingles"]).append_column("spec", pc.equal(table["spec"], SPEC))
