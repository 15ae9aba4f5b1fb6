"""The table of coefficients: of all answers, by label, annotator, pair, stratum, round, version and prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.agreement.ballots import coded
from curation.annotation.agreement.cases import answers
from curation.annotation.agreement.estimate import estimates
from curation.annotation.agreement.votes import Ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.annotation.agreement.ballots import Ballots, Sheet
    from curation.annotation.agreement.cases import Answers, Case
    from curation.annotation.agreement.estimate import Estimate

SCHEMA = pa.schema(
    [
        pa.field("question", pa.string(), False),
        pa.field("kind", pa.string(), False),
        pa.field("scope", pa.string(), False),
        pa.field("of", pa.string(), False),
        pa.field("coefficient", pa.string(), False),
        pa.field("value", pa.float64()),
        pa.field("low", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("n_units", pa.int64(), False),
        pa.field("n_answers", pa.int64(), False),
        pa.field("n_annotators", pa.int64(), False),
        pa.field("note", pa.string(), False),
    ]
)
#: columns that answers are split by, where they hold more than one value
SPLITS = ("stratum", "round", "guideline_version", "prediction")
#: what a task carries that shows no answer of a model
NO_PREDICTION = "none"
NO_OTHERS = "on no unit is there a majority of others to compare with"
#: of more pairs of annotators no intervals are drawn
MANY_PAIRS = 50


def summary(sheet: Sheet, given: Answers, length: Ints, unknown: int, *, resamples: int, seed: int) -> pa.Table:
    """All coefficients of one question.

    Args:
        sheet: the frame.
        given: the question's answers.
        length: code points of each unit's text, for spans.
        unknown: of how many texts the length is not known.
        resamples: bootstrap samples.
        seed: another one draws others.
    """
    rows: list[dict[str, Any]] = []

    def add(scope: str, case: Case, of: str | None = None, draws: int = resamples, told: str = "") -> None:
        for estimate in estimates(case.votes, case.coefficients, resamples=draws, seed=seed):
            note = "; ".join(filter(None, (estimate.note, told)))
            if scope == "annotator" and not estimate.n_units:
                note = NO_OTHERS
            elif scope == "all" and estimate.n_units:
                note = "; ".join(filter(None, (note, *_left_out(given, estimate, unknown))))
            about = {"question": given.ballots.question, "kind": given.ballots.kind, "scope": scope}
            rows.append({**about, **vars(estimate), "of": case.of if of is None else of, "note": note})

    add("all", given.overall())
    for case in given.labels():
        add("label", case)
    pairs = list(given.pairs())
    for case in pairs:
        add("pair", case, draws=resamples if len(pairs) <= MANY_PAIRS else 0)
    for case in given.annotators():
        add("annotator", case)
    for scope in SPLITS:
        for name, ballots, kept in _split(sheet, given.ballots, scope):
            pace = _pace(sheet, ballots) if scope == "prediction" else ""
            add(scope, answers(ballots, length[kept]).overall(), name, told=pace)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _split(sheet: Sheet, ballots: Ballots, name: str) -> Iterator[tuple[str, Ballots, Ints]]:
    """The ballots by the values of a column, and the units that each part holds."""
    if name == "prediction":
        if name not in sheet.tasks:
            return
        column = pc.fill_null(sheet.tasks[name], NO_PREDICTION)
    else:
        column = sheet.tasks[name] if name in sheet.tasks else sheet.table[name]
    names, codes = coded(column.take(pa.array(ballots.row)))
    for code, value in enumerate(names if len(names) > 1 else ()):
        mask = codes == code
        yield value, ballots.where(mask), np.unique(ballots.unit[mask])


def _pace(sheet: Sheet, ballots: Ballots) -> str:
    """How long these answers took, in words."""
    seconds = sheet.table["lead_time"].take(pa.array(ballots.row)).drop_null().to_numpy()
    return f"median {np.median(seconds):.0f} s a task" if len(seconds) else ""


def _left_out(given: Answers, estimate: Estimate, unknown: int) -> Iterator[str]:
    """What was not counted, in words."""
    sizes = np.bincount(given.ballots.unit)
    alone, left = int(np.count_nonzero(sizes == 1)), len(sizes) - estimate.n_units
    if estimate.coefficient == "fleiss_kappa" and estimate.n_units and left:
        each = estimate.n_answers // estimate.n_units
        others = "1 other is" if left == 1 else f"{left:,} others are"
        yield f"over the units with {each} answers; {others} left out"
    elif alone and estimate.coefficient != "fleiss_kappa":
        yield f"{alone:,} {'unit has' if alone == 1 else 'units have'} one answer only"
    if given.ballots.kind == "spans" and unknown and estimate.coefficient != "f1":
        texts = "1 text" if unknown == 1 else f"{unknown:,} texts"
        yield f"the length of {texts} is not known: what lies behind the last passage is not counted"
