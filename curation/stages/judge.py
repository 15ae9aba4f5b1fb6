"""judge: what each document measures, batch by batch; and the verdicts that limits make of it, at any time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.language.paragraphs import paragraph_findings
from curation.privacy import findings as private_findings
from curation.quality import measures
from curation.quality.spam import spam_findings
from curation.quality.verdicts import verdicts
from curation.timings import spent_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curation.config import Quality

CODE = ("kernels", "language", "literals.py", "privacy", "quality", "schema.py", "stages/judge.py")


@dataclass(frozen=True)
class Flags:
    """Where cleaning's findings are: some kinds of page are told by what was removed. Picklable."""

    places: tuple[Path, ...] = ()
    #: digest of what they hold: what a process has read before, it reads again only if that changed
    content: str = ""

    def read(self) -> pa.Table:
        """(id, kind) of every finding."""
        return _read(self)


@lru_cache(maxsize=2)
def _read(flags: Flags) -> pa.Table:
    tables = [schema.empty("findings").select(["id", "kind"]), *store.scan(flags.places, ["id", "kind"])]
    return pa.concat_tables(tables).combine_chunks()


def judge_batch(documents: pa.Table, flags: Flags) -> dict[str, pa.Table]:
    """The tables `measures` and `findings` for a batch of documents, as a stage."""
    return measure_documents(documents, flags.read())


def measure_documents(documents: pa.Table, flags: pa.Table | None = None) -> dict[str, pa.Table]:
    """The tables `measures` and `findings` for documents.

    Args:
        documents: the table `documents`.
        flags: what cleaning found in them (id, kind).
    """
    made = measures(documents, flags)
    sells = pc.greater(pc.add(made["gambling"], made["spam"]), 0)  # where it sells, only these have to be looked at
    found = []
    for name, find, where in (
        ("private data", private_findings, documents),
        ("languages of paragraphs", paragraph_findings, documents),
        ("spam", spam_findings, documents.filter(sells)),
    ):
        with spent_on(name):
            found.append(find(where))
    return {"measures": made, "findings": pa.concat_tables(found)}


def judge_documents(places: Sequence[Path], quality: Quality) -> pa.Table:
    """The table `verdicts` for the measures of all batches."""
    return pa.concat_tables([schema.empty("verdicts"), *judged(places, quality)])


def judged(places: Sequence[Path], quality: Quality) -> Iterator[pa.Table]:
    """The same, part by part."""
    for table in store.scan(places, ["id", *_limited(quality)]):
        yield verdicts(table, quality.limits)


def _limited(quality: Quality) -> list[str]:
    """The measures that have a limit, in the order of the table."""
    return [name for name in schema.table_schema("measures").names() if name in quality.limits]
