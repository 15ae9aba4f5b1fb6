"""The disagreements that are worth a meeting: tasks with the answers side by side, and the guideline's words for them.

Nobody's name stands on it, and answers are not in the order of people: a meeting is about the guideline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation.annotation.guideline.changes import today
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from curation.annotation.codebook import Codebook, Label, Question


@dataclass(frozen=True)
class Side:
    """One answer to a task, and those who gave it."""

    label: Label
    votes: int
    #: what each of them answered besides: questions with answers as they are shown, passages as they are marked
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One task about which people differ."""

    task_key: str
    title: str
    date: str
    target: str
    text: str
    sides: tuple[Side, ...]
    #: the right answer, where one is known
    right: Label | None

    @property
    def votes(self) -> int:
        """Those who answered."""
        return sum(side.votes for side in self.sides)


@dataclass(frozen=True)
class Meeting:
    """What there is to talk about."""

    codebook: Codebook
    question: Question
    round: str
    #: tasks with two answers or more, or with a right one, and those about which people differ
    compared: int
    divided: int
    #: labels that were given to the same task, most frequent first
    confusions: tuple[tuple[Label, Label, int], ...]
    cases: tuple[Case, ...]
    #: whether it tells one person what they answered otherwise than is right
    is_feedback: bool = False


def feedback(
    annotations: pa.Table,
    codebook: Codebook,
    shown: Mapping[str, Mapping[str, Any]],
    *,
    annotator: str,
    round_: str,
    gold: Mapping[str, str],
    question: str | None = None,
) -> Meeting:
    """What one annotator answered otherwise than is right: for a training, and for nobody else to see.

    Args:
        annotations: the answers that count.
        codebook: the questions with their labels.
        shown: what each task shows.
        annotator: the pseudonym.
        round_: its name.
        gold: the right answers by task.
        question: with one answer; None takes the first of the codebook.

    Raises:
        UsageError: there is no such question.
    """
    own = annotations.filter(pc.equal(annotations["annotator"], annotator))
    made = meeting(own, codebook, shown, round_=round_, question=question, gold=gold, most=len(gold))
    return replace(made, is_feedback=True)


def meeting(
    annotations: pa.Table,
    codebook: Codebook,
    shown: Mapping[str, Mapping[str, Any]],
    *,
    round_: str,
    question: str | None = None,
    gold: Mapping[str, str] | None = None,
    most: int = 12,
) -> Meeting:
    """The tasks of a round about which people differ, the most divided first.

    Args:
        annotations: the answers that count.
        codebook: the questions with their labels.
        shown: what each task shows: title, date, target, text.
        round_: its name.
        question: with one answer; None takes the first of the codebook.
        gold: the right answers by task, as in a training: who differs from them is shown, too.
        most: cases to show.

    Raises:
        UsageError: there is no such question.
    """
    asked = asked_about(codebook, question)
    labels = {label.value: label for label in asked.label}
    said = today(annotations, codebook)
    here = said.filter(pc.and_(pc.equal(said["round"], round_), pc.invert(said["skipped"]))).to_pylist()
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for row in here:
        if row["question"] == asked.name and row["value"] in labels:
            given[row["task_key"]][row["annotator"]] = row["value"]
    right = gold or {}
    compared = {key: by for key, by in given.items() if len(by) > 1 or key in right}
    divided = {
        key: Counter(by.values())
        for key, by in compared.items()
        if len({*by.values(), *([right[key]] if key in right else [])}) > 1
    }
    confusions = Counter(
        pair for counts in divided.values() for pair in combinations([v for v in labels if v in counts], 2)
    )
    # most divided: the fewest agree on the most frequent answer
    order = sorted(divided, key=lambda key: (max(divided[key].values()) / divided[key].total(), key))
    remarks = _remarks(here, codebook, asked)
    cases = []
    for key in [key for key in order if key in shown][:most]:
        sides = tuple(
            Side(label, count, tuple(sorted(remarks[key, who] for who, v in given[key].items() if v == value)))
            for value, label in labels.items()
            if (count := divided[key][value])
        )
        task = shown[key]
        title, date, target, text = (str(task.get(name) or "") for name in ("title", "date", "target", "text"))
        cases.append(Case(key, title, date, target, text, sides, labels.get(right.get(key, ""))))
    return Meeting(
        codebook=codebook,
        question=asked,
        round=round_,
        compared=len(compared),
        divided=len(divided),
        confusions=tuple((labels[a], labels[b], count) for (a, b), count in confusions.most_common()),
        cases=tuple(cases),
    )


def asked_about(codebook: Codebook, name: str | None) -> Question:
    """The question of that name; None takes the first with one answer.

    Raises:
        UsageError: there is no such question.
    """
    single = [question for question in codebook.question if question.kind == "choice"]
    found = [question for question in single if name in (None, question.name)]
    if not found:
        known = ", ".join(question.name for question in single)
        if not single:
            raise UsageError(
                "the codebook has no question with one answer, and only of such a one a paper is made",
                remedy='Write one with kind = "choice".',
            )
        raise UsageError(f"there is no question '{name}' with one answer", remedy=f"There are: {known}.")
    return found[0]


def _remarks(rows: list[dict[str, Any]], codebook: Codebook, asked: Question) -> dict[tuple[str, str], str]:
    """What each person answered to a task besides."""
    questions = {question.name: question for question in codebook.question if question is not asked}
    found: dict[tuple[str, str], str] = defaultdict(str)
    for name, question in questions.items():
        shown = {label.value: label.shown for label in question.label}
        parts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            if row["question"] == name:
                label = shown.get(row["value"], row["value"])
                parts[row["task_key"], row["annotator"]].append(f"{label}: “{row['quote']}”" if row["quote"] else label)
        for pair, answers in parts.items():
            before = f"{found[pair]} " if found[pair] else ""
            found[pair] = f"{before}{question.text} {'; '.join(answers)}."
    return found
