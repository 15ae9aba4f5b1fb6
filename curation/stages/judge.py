"""judge: what each document measures, batch by batch; and the verdicts that limits make of it, at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from curation import schema, store
from curation.quality import measures
from curation.quality.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curation.config import Quality

CODE = ("quality", "schema.py", "stages/judge.py")


def measure_documents(documents: pa.Table) -> dict[str, pa.Table]:
    """The table `measures` for a batch of documents."""
    return {"measures": measures(documents)}


def judge_documents(places: Sequence[Path], quality: Quality) -> pa.Table:
    """The table `verdicts` for the measures of all batches."""
    judged = [verdicts(table, quality.limits) for table in store.scan(places)]
    return pa.concat_tables([schema.empty("verdicts"), *judged])
