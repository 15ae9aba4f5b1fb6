"""What a card tells of labels: who gave them, how they were resolved, and how far people agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from curation import store
from curation.release.papers.markdown import listed, share, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

#: values of a question that are listed; a question with free answers may have many
MOST = 20
INTERVALS = (
    "Intervals are 95 % bootstrap intervals over units. They count all answers of the campaign, those about documents "
    "that are not in this version too; gold tasks and probes are not counted."
)


@dataclass(frozen=True)
class Agreed:
    """How far people agree on a question, by one coefficient."""

    campaign: str
    question: str
    coefficient: str
    #: None where it is undefined; the note says why
    value: float | None
    low: float | None
    high: float | None
    n_units: int
    n_annotators: int
    note: str


def labels_section(data: Path, agreed: Sequence[Agreed]) -> list[str]:
    """The section of the README; none without labels and answers.

    Args:
        data: the release's folder of tables.
        agreed: what the campaigns' answers say of agreement.
    """
    answers = _read(data / "annotations")
    labels = _read(data / "labels")
    campaigns = sorted({row for one in (answers, labels) if one for row in one["campaign"].to_pylist()})
    if not campaigns:
        return []
    lines = ["## Labels", "", "`topics` and `stance` hold what people resolved; `labels` holds all, by method.", ""]
    for campaign in campaigns:
        lines += [f"### Campaign {campaign}", ""]
        if given := _of(answers, campaign):
            lines += [_people(given), ""]
        if resolved := _of(labels, campaign):
            lines += [*_methods(resolved), *_values(resolved)]
        lines += _agreement([one for one in agreed if one.campaign == campaign])
    return lines


def kinds_of_labels(data: Path) -> list[str]:
    """Questions that have labels, for tags."""
    labels = _read(data / "labels")
    return sorted(set(labels["question"].to_pylist())) if labels else []


def _read(place: Path) -> pa.Table | None:
    return store.read_table(place) if store.parquet_files(place) else None


def _of(found: pa.Table | None, campaign: str) -> pa.Table | None:
    part = found.filter(pc.equal(found["campaign"], campaign)) if found else None
    return part or None


def _people(answers: pa.Table) -> str:
    """How many people answered what, and how long it took, in a sentence."""
    pages = answers.group_by(["annotation_id"], use_threads=False).aggregate(
        [("lead_time", "max"), ("skipped", "max"), ("document_id", "first")]
    )
    seconds = pages["lead_time_max"].drop_null().to_numpy()
    versions = sorted(set(answers["guideline_version"].to_pylist()))
    skipped = pc.sum(pages["skipped_max"]).as_py()
    said = [
        f"Annotators: {len(pc.unique(answers['annotator'])):,}",
        f"answers: {pages.num_rows:,}, about {len(pc.unique(answers['document_id'])):,} documents of this version",
        f"guideline {', '.join(versions)}",
        *([f"median {np.median(seconds):.0f} s an answer"] if len(seconds) else []),
        *([f"skipped tasks among the answers: {skipped:,}"] if skipped else []),
    ]
    return f"{'; '.join(said)}."


def _methods(labels: pa.Table) -> list[str]:
    counts = Counter(labels["method"].to_pylist())
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return table(
        ("labels came about by", "labels", "share"),
        [(name, count, share(count, labels.num_rows)) for name, count in order],
    )


def _values(labels: pa.Table) -> list[str]:
    """How often each value was resolved to, by question and method."""
    counts: Counter[tuple[str, str, str]] = Counter(
        zip(*(labels[name].to_pylist() for name in ("question", "method", "value")), strict=True)
    )
    rows: list[tuple[str | int, ...]] = []
    for question, method in sorted({key[:2] for key in counts}):
        of = {key[2]: n for key, n in counts.items() if key[:2] == (question, method)}
        ranked = sorted(of.items(), key=lambda item: (-item[1], item[0]))
        whole = sum(of.values())
        rows += [(question, method, value, n, share(n, whole)) for value, n in ranked[:MOST]]
        if rest := ranked[MOST:]:
            left = sum(n for _, n in rest)
            rows.append((question, method, f"{len(rest):,} others", left, share(left, whole)))
    return table(("question", "method", "value", "labels", "share"), rows)


def _agreement(agreed: Sequence[Agreed]) -> list[str]:
    if not agreed:
        return []
    rows = [
        (one.question, one.coefficient.replace("_", " "), *_shown(one), one.n_units, one.n_annotators)
        for one in agreed
        if one.value is not None
    ]
    notes = sorted({f"{one.question}, {one.coefficient.replace('_', ' ')}: {one.note}" for one in agreed if one.note})
    found = table(("question", "coefficient", "value", "95 % interval", "units", "annotators"), rows)
    return [*found, *([INTERVALS, ""] if found else []), *listed(notes)]


def _shown(one: Agreed) -> tuple[str, str]:
    interval = "—" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
    return f"{one.value:.3f}", interval


def agreed(campaign: str, summary: pa.Table) -> list[Agreed]:
    """The coefficients of all answers of a campaign, from the summary that measuring agreement gives."""
    whole: list[dict[str, Any]] = summary.filter(pc.equal(summary["scope"], "all")).to_pylist()
    names = ("question", "coefficient", "value", "low", "high", "n_units", "n_annotators", "note")
    return [Agreed(campaign, **{name: row[name] for name in names}) for row in whole]
