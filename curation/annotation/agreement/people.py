"""Every annotator: against the others, on gold tasks, with themselves on probes, and how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.agreement.ballots import coded, together
from curation.annotation.agreement.sets import sets_of
from curation.annotation.agreement.votes import Ints, pairs_within

if TYPE_CHECKING:
    from curation.annotation.agreement.ballots import Ballots, Sheet

SCHEMA = pa.schema(
    [
        pa.field("question", pa.string(), False),
        pa.field("annotator", pa.string(), False),
        pa.field("n_answers", pa.int64(), False),
        pa.field("n_skipped", pa.int64(), False),
        pa.field("agreement", pa.float64()),
        pa.field("kappa", pa.float64()),
        pa.field("n_compared", pa.int64(), False),
        pa.field("gold_accuracy", pa.float64()),
        pa.field("n_gold", pa.int64(), False),
        pa.field("self_consistency", pa.float64()),
        pa.field("n_probes", pa.int64(), False),
        pa.field("lead_time_q1", pa.float64()),
        pa.field("lead_time_median", pa.float64()),
        pa.field("lead_time_q3", pa.float64()),
        pa.field("note", pa.string(), False),
    ]
)


def people(sheet: Sheet, ballots: Ballots, summary: pa.Table, gold: pa.Table | None) -> pa.Table:
    """A row an annotator who answered the question or skipped tasks.

    Args:
        sheet: the frame.
        ballots: the answers to the question.
        summary: its coefficients, those of annotators among them.
        gold: what :func:`expected` made of the right answers; None: there are none.
    """
    against: dict[str, dict[str, Any]] = {}
    for row in summary.filter(pc.equal(summary["scope"], "annotator")).to_pylist():
        against.setdefault(row["of"], {})[row["coefficient"]] = row
    n = len(ballots.annotators)
    given = np.bincount(ballots.annotator, minlength=n)
    right, n_gold = _gold(sheet, ballots, gold)
    same, n_probes = _probes(sheet, ballots)
    skips, times = _skips(sheet), lead_times(sheet)
    rows = []
    for code in np.flatnonzero(given + skips):
        name = ballots.annotators[code]
        found = against.get(name, {})
        near = next((found[key] for key in ("percent", "masi", "f1") if key in found), None)
        quartiles = np.quantile(times[code], [0.25, 0.5, 0.75]).tolist() if len(times[code]) else [None] * 3
        rows.append(
            {
                "question": ballots.question,
                "annotator": name,
                "n_answers": given[code],
                "n_skipped": skips[code],
                "agreement": near["value"] if near else None,
                "kappa": found["cohen_kappa"]["value"] if "cohen_kappa" in found else None,
                "n_compared": near["n_units"] if near and near["value"] is not None else 0,
                "gold_accuracy": right[code] / n_gold[code] if n_gold[code] else None,
                "n_gold": n_gold[code],
                "self_consistency": same[code] / n_probes[code] if n_probes[code] else None,
                "n_probes": n_probes[code],
                **dict(zip(("lead_time_q1", "lead_time_median", "lead_time_q3"), quartiles, strict=True)),
                "note": "; ".join(dict.fromkeys(row["note"] for row in found.values() if row["value"] is None)),
            }
        )
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _gold(sheet: Sheet, ballots: Ballots, gold: pa.Table | None) -> tuple[Ints, Ints]:
    """Of each annotator: right answers, and answers to tasks whose right answer is known. Passages are not judged."""
    none = np.zeros(len(ballots.annotators), np.int64)
    if gold is None or ballots.kind == "spans":
        return none, none
    # an expected answer may name its question; without one it is that of every question
    gold = gold.filter(pc.fill_null(pc.equal(gold["question"], ballots.question), True))
    units = coded(gold["unit"])
    labels = coded(gold["value"], ballots.labels)
    rows = pa.array(ballots.row)
    known = pa.array(units.names, pa.string())
    by_task, by_document = (pc.index_in(sheet.table[key].take(rows), known) for key in ("unit", "document"))
    place = pc.fill_null(pc.coalesce(by_task, by_document), -1).to_numpy().astype(np.int64)
    n = len(place)
    # a gold task that expects no label at all has a row without a value
    has = labels.codes >= 0
    answer = np.concatenate([ballots.answer, n + units.codes[has]])
    label = np.concatenate([ballots.label, labels.codes[has]])
    kind = sets_of(answer, label, n + len(units.names), max(len(labels.names), 1)).kind
    asked = place >= 0
    right = asked & (kind[:n] == kind[n + place])
    who = ballots.annotator
    return _count(who[right], none), _count(who[asked], none)


def _probes(sheet: Sheet, ballots: Ballots) -> tuple[Ints, Ints]:
    """Of each annotator: equal answers, and pairs of answers to a probe and to another task that it may repeat.

    That is one of the same round, cluster and, but for a question about the article alone, target.
    """
    none = np.zeros(len(ballots.annotators), np.int64)
    if ballots.kind == "spans" or not {"role", "cluster_id"} <= set(sheet.tasks):
        return none, none
    rows = pa.array(ballots.row)
    cluster, probe = (sheet.tasks[key].take(rows) for key in ("cluster_id", "role"))
    has_target = "target" in sheet.tasks and not sheet.is_of_article(ballots.question)
    target = sheet.tasks["target"].take(rows) if has_target else pa.nulls(len(rows), pa.string())
    where = [sheet.table[name].take(rows) for name in ("campaign", "round")]
    group = together(*where, cluster, target) * len(none) + ballots.annotator
    kind = sets_of(ballots.answer, ballots.label, len(rows), max(len(ballots.labels), 1)).kind
    kept = np.flatnonzero(pc.is_valid(cluster).to_numpy())
    kept = kept[np.argsort(group[kept], kind="stable")]
    _, sizes = np.unique(group[kept], return_counts=True)
    first, second = (kept[place] for place in pairs_within(sizes))
    is_probe = pc.fill_null(pc.equal(probe, "probe"), False).to_numpy()
    counts = is_probe[first] | is_probe[second]
    first, second = first[counts], second[counts]
    who = ballots.annotator[first]
    return _count(who[kind[first] == kind[second]], none), _count(who, none)


def _skips(sheet: Sheet) -> Ints:
    """Tasks that each annotator skipped."""
    n = len(sheet.annotator.names)
    skipped = np.unique(sheet.by_task[sheet.skipped] * n + sheet.annotator.codes[sheet.skipped])
    return np.bincount(skipped % n, minlength=n)


def lead_times(sheet: Sheet) -> list[Any]:
    """Seconds that each annotator spent on each task answered, sorted."""
    n = len(sheet.annotator.names)
    seconds = pc.fill_null(sheet.table["lead_time"].cast(pa.float64()), np.nan).to_numpy()
    known = ~sheet.skipped & ~np.isnan(seconds)
    page = sheet.annotation.codes if sheet.annotation.names else sheet.by_task
    person = page[known] * n + sheet.annotator.codes[known]
    found, first = np.unique(person, return_index=True)
    spent = seconds[known][first]
    return [np.sort(spent[found % n == code]) for code in range(n)]


def _count(who: Ints, none: Ints) -> Ints:
    return np.bincount(who, minlength=len(none))
