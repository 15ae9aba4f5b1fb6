"""What adjudicators decided, as the campaign that was divided reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation.assignment.revision import last_pages

if TYPE_CHECKING:
    from datetime import datetime

    from curation.annotation.campaign import Campaign

#: the round of all adjudicated answers
ROUND = "adjudication"


def adjudicated(campaign: Campaign) -> pa.Table:
    """The decisions about a campaign's tasks, in the schema of ``annotations``: of each task one page.

    Where two adjudicators decided, the last decision counts. A skip is none, and neither is one that a later change of
    the guideline touches. Pseudonyms are those of the campaign itself.

    Args:
        campaign: the one that was divided; the rows bear its name, and the round ``adjudication``.

    Raises:
        ConfigError: its codebook has mistakes.
    """
    own = campaign.adjudication
    if not own.annotations.exists():
        return schema.empty("annotations")
    annotations = store.read_table(own.annotations)
    last: dict[str, tuple[datetime, str, str]] = {}
    for (key, annotator), page in last_pages(annotations, campaign.load_codebook()).items():
        if page.stands and not page.skipped:
            told = page.when, page.annotation_id, annotator
            last[key] = max(last.get(key, told), told)
    counts = [
        last.get(key, ("", ""))[1:] == (annotation_id, annotator)
        for key, annotation_id, annotator in zip(
            *(annotations[name].to_pylist() for name in ("task_key", "annotation_id", "annotator")), strict=True
        )
    ]
    found = annotations.filter(pa.array(counts, pa.bool_()))
    for name, value in (("campaign", campaign.name), ("round", ROUND)):
        place = found.schema.get_field_index(name)
        found = found.set_column(place, found.schema.field(place), pa.repeat(pa.scalar(value), found.num_rows))
    return found


def by_own_annotators(decided: pa.Table, annotations: pa.Table) -> list[tuple[str, str]]:
    """Task and pseudonym of the decisions that one of the task's own annotators made.

    Args:
        decided: what :func:`adjudicated` gives.
        annotations: of the campaign, those that were set aside included.
    """
    asked = _pairs(annotations.filter(pc.invert(annotations["skipped"])))
    return sorted(pair for pair in _pairs(decided) if pair in asked)


def _pairs(table: pa.Table) -> set[tuple[str, str]]:
    return set(zip(table["task_key"].to_pylist(), table["annotator"].to_pylist(), strict=True))
