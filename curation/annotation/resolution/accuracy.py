"""How often a model says what people say, on the articles that were drawn for people.

An article counts as many times as there are articles that it stands for, one over its chance to be drawn (Hájek's
estimator). Rounds are pooled: no article is drawn twice, so its chance to be in any of them is the sum of their
chances (docs/sampling.md). The interval of the accuracy is Wilson's on an effective sample size, the smaller of two:
p (1 - p) over the linearised variance of the weighted share, of articles within strata, which knows that an article
with several targets is one witness; and Kish's, from the weights alone, which also holds where everything is right.
What was read in full adds to neither.

Sources: J. Hájek, comment on D. Basu, in "Foundations of Statistical Inference" (1971); C.-E. Särndal, B. Swensson and
J. Wretman, "Model Assisted Survey Sampling" (1992), ch. 5; for the interval see :mod:`curation.annotation.precision`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from curation.annotation.precision import wilson
from curation.annotation.resolution.labels import TRAINING
from curation.annotation.sampling.roles import of_the_sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from curation.annotation.codebook import Question
    from curation.annotation.resolution.votes import Unit

Values = frozenset[str]


class Place(NamedTuple):
    """Where a drawn article stands in the sample."""

    stratum: str
    chance: float


class Case(NamedTuple):
    """One unit that both have answered."""

    document_id: str
    place: Place
    people: Values
    model: Values


@dataclass(frozen=True)
class Figure:
    """A weighted share; None where it is undefined, and why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class OfLabel:
    """How well a model finds one label."""

    value: str
    #: units that people, and that the model, gave it to
    people: int
    model: int
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True)
class Accuracy:
    """What a model's answers to one question are worth."""

    question: str
    #: units that people have labelled, and those of them about which the model says something
    people: int
    both: int
    articles: int
    #: units that people answered and left open: the hard ones, which no figure here tells about
    open: int
    accuracy: Figure
    labels: tuple[OfLabel, ...]
    #: what people say, what the model says, units, weighted share of all; of questions with one answer
    confusion: tuple[tuple[str, str, int, float], ...]


def places(tasks: pa.Table, frame: pa.Table) -> dict[str, Place]:
    """Stratum and chance of each article that was drawn for labels, in any round.

    Args:
        tasks: of all rounds.
        frame: what each round could draw, with the chance of every article; an article that is not in it has the sum of
            the chances that the rounds have in its stratum.
    """
    drawn = [task for task in of_the_sample(tasks).to_pylist() if task["round"] != TRAINING]
    cells: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for task in drawn:
        cells[task["round"], task["stratum"]][task["document_id"]] = task["inclusion_probability"]
    chance = {cell: sum(chances.values()) / len(chances) for cell, chances in cells.items()}
    rounds = {round_ for round_, _ in chance}
    together: dict[str, float] = defaultdict(float)
    for row in frame.select(["round", "cluster_id", "inclusion_probability"]).to_pylist():
        if row["round"] in rounds:
            together[row["cluster_id"]] += row["inclusion_probability"]
    made = {}
    for task in drawn:
        others = sum(chance.get((round_, task["stratum"]), 0.0) for round_ in rounds - {task["round"]})
        own = task["inclusion_probability"]
        # a cluster that was named anew is found under its old name only
        known = together.get(task["cluster_id"], 0.0)
        made[task["document_id"]] = Place(task["stratum"], min(1.0, known if known >= own else own + others))
    return made


def accuracy(
    question: Question,
    people: Mapping[Unit, Values],
    model: Mapping[Unit, Values],
    drawn: Mapping[str, Place],
    *,
    n_open: int = 0,
) -> Accuracy:
    """The figures of one question.

    Args:
        question: the question.
        people: what people's labels say of each unit.
        model: what the model says.
        drawn: the articles of the sample (see :func:`places`).
        n_open: units that people left open.
    """
    judged = {unit: values for unit, values in people.items() if unit[1] in drawn}
    cases = [
        Case(unit[1], drawn[unit[1]], judged[unit], model[unit]) for unit in sorted(judged, key=str) if unit in model
    ]
    confusion: dict[tuple[str, str], list[float]] = defaultdict(list)
    if question.kind == "choice":
        for case in cases:
            confusion[min(case.people), min(case.model)].append(1 / case.place.chance)
    whole = sum(1 / case.place.chance for case in cases)
    return Accuracy(
        question=question.name,
        people=len(judged),
        both=len(cases),
        articles=len({case.document_id for case in cases}),
        open=n_open,
        accuracy=_accuracy(cases, judged, drawn),
        labels=tuple(_of_label(value, cases) for value in question.values),
        confusion=tuple(
            (said, found, len(weights), sum(weights) / whole) for (said, found), weights in sorted(confusion.items())
        ),
    )


def _accuracy(cases: Sequence[Case], people: Iterable[Unit], drawn: Mapping[str, Place]) -> Figure:
    if not cases:
        said = "the model says nothing about an article that people labelled"
        return Figure(None, note=said if people else "people have labelled nothing yet")
    weights = [1 / case.place.chance for case in cases]
    right = [case.people == case.model for case in cases]
    whole = math.fsum(weights)
    share = min(1.0, math.fsum(weight for weight, is_right in zip(weights, right, strict=True) if is_right) / whole)
    if len({case.document_id for case in cases}) == 1:
        return Figure(share, note="one article alone has no interval")
    # an article's share in the error of the estimate, and its weight, by stratum
    errors: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for case, weight, is_right in zip(cases, weights, right, strict=True):
        errors[case.place.stratum][case.document_id] += weight * (is_right - share) / whole
        parts[case.place.stratum][case.document_id] += weight / whole
    population: dict[str, float] = defaultdict(float)
    for place in drawn.values():
        population[place.stratum] += 1 / place.chance
    # where all articles were read, there is no chance in it
    unread = {name: max(0.0, 1 - len(of) / population[name]) for name, of in parts.items()}
    variance = math.fsum(unread[name] * _spread(list(of.values())) for name, of in errors.items())
    squares = math.fsum(unread[name] * math.fsum(part**2 for part in of.values()) for name, of in parts.items())
    seen = share * (1 - share) / variance if 0 < share < 1 and variance > 0 else math.inf
    n = min(seen, 1 / squares if squares > 0 else math.inf)
    note = "" if math.isfinite(n) else "every article was read: no chance is in it"
    return Figure(share, *wilson(share, n), note=note)


def _spread(errors: Sequence[float]) -> float:
    """What a stratum adds to the variance; one that has a single article is compared with all others."""
    n = len(errors)
    if n == 1:
        return errors[0] ** 2
    mean = math.fsum(errors) / n
    return n / (n - 1) * math.fsum((error - mean) ** 2 for error in errors)


def _of_label(value: str, cases: Sequence[Case]) -> OfLabel:
    weighed = [(1 / case.place.chance, value in case.people, value in case.model) for case in cases]
    hit = math.fsum(weight for weight, people, model in weighed if people and model)
    said = math.fsum(weight for weight, people, _ in weighed if people)
    found = math.fsum(weight for weight, _, model in weighed if model)
    nowhere = "" if said else "people never gave it"
    unsaid = "" if found else "the model never says it"
    both = said + found
    return OfLabel(
        value,
        people=sum(people for _, people, _ in weighed),
        model=sum(model for _, _, model in weighed),
        precision=Figure(hit / found if found else None, note=unsaid),
        recall=Figure(hit / said if said else None, note=nowhere),
        f1=Figure(2 * hit / both if both else None, note="" if both else "neither people nor the model gave it"),
    )
