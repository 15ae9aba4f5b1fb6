"""The answers of one annotation: what the codebook asks, out of whatever the page let people mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.annotation.guideline.changes import accepted, answers_today, is_newer
from curation.annotation.reading.problem import AGAIN, Problem, clipped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from curation.annotation.annotators import Person
    from curation.annotation.codebook import Codebook, Question

#: what Label Studio calls the answers to a question of each kind
_TYPES = {
    "choice": ("choices", "taxonomy"),
    "choices": ("choices", "taxonomy"),
    "spans": ("labels", "hypertextlabels"),
}
#: an answer that has one of these is about a part of the task: a passage, a region, a frame, one of several images
_PARTS = frozenset(
    {"start", "end", "startOffset", "globalOffsets", "x", "y", "points", "rle", "sequence", "ranges", "row", "time"}
)
_LEFT_OUT = "It was left out; what else the codebook asks was read."


@dataclass
class Reading:
    """One annotation while it is read."""

    task_key: str
    annotation_id: str
    by: Person | None = None
    updated_by: Person | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False

    def refuse(self, what: str, remedy: str = AGAIN, kind: str = "") -> None:
        """Keep the annotation out of the table."""
        self.refused = True
        self.note(what, remedy, kind)

    def note(self, what: str, remedy: str, kind: str = "") -> None:
        """Report something without keeping the annotation out."""
        self.problems.append(Problem(self.task_key, self.annotation_id, what, remedy, kind))


class Answer(NamedTuple):
    """One choice or span."""

    value: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None


def read_answers(
    reading: Reading, result: Any, text: str, codebook: Codebook, version: str = ""
) -> dict[str, list[Answer]]:
    """The answers by question; faults are told to the reading.

    Args:
        reading: is told what is left out and why.
        result: what the annotation holds, of any shape.
        text: that the task showed.
        codebook: the questions and their stored values.
        version: of the guideline under which it was given.
    """
    questions = {question.name: question for question in codebook.question}
    answers: dict[str, list[Answer]] = {}
    for item in result if isinstance(result, list) else ():
        found = item if isinstance(item, dict) else {}
        name, type_ = _name(found.get("from_name")), _name(found.get("type"))
        question = questions.get(name)
        if name in codebook.codebook.not_read:
            continue
        if question is None:
            told = clipped(name or type_) or "something without a name"
            reading.note(f"'{told}' is no question of the codebook", _LEFT_OUT)
        elif type_ not in _TYPES[question.kind]:
            told = clipped(type_) or "something without a type"
            reading.note(f"'{name}' was answered by {told}, which is not read for such a question", _LEFT_OUT)
        else:
            answers.setdefault(name, []).extend(
                _given(reading, found, question, type_, text, accepted(codebook, question))
            )
    answers = {name: list(dict.fromkeys(given)) for name, given in answers.items() if given}
    _complete(reading, answers, codebook, version)
    return answers


def _given(
    reading: Reading, item: dict[str, Any], question: Question, type_: str, text: str, values_then: Collection[str]
) -> list[Answer]:
    """The answers of one item of a result."""
    name = question.name
    held = item.get("value")
    value: dict[str, Any] = held if isinstance(held, dict) else {}
    if question.kind != "spans" and (_PARTS & value.keys() or "item_index" in item):
        reading.note(f"'{name}' was answered for a part of the task, not for the whole", _LEFT_OUT)
        return []
    if question.kind == "spans" and not isinstance(value.get("text"), str):
        reading.note(f"'{name}' marks something that is no passage of the text", _LEFT_OUT)
        return []
    values = _paths(value.get(type_), question) if type_ == "taxonomy" else value.get(type_)
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        reading.refuse(f"'{name}' holds no list of {type_}")
        return []
    given = []
    for stored in values:
        if stored not in values_then:
            shown = [label.value for label in question.label if label.shown == stored]
            hint = f"It is shown for '{shown[0]}': does the page lack its alias?" if shown else AGAIN
            reading.refuse(f"'{clipped(stored)}' is no value of '{name}'", hint, f"an answer is no value of '{name}'")
        elif question.kind != "spans":
            given.append(Answer(stored))
        elif span := _span(value, text):
            given.append(Answer(stored, *span))
        else:
            kind = f"a span of '{name}' does not stand where it says"
            what = f"the span '{clipped(value['text'])}' of '{name}' does not stand where it says"
            reading.refuse(what, kind=kind)
    return given


def _name(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _paths(paths: Any, question: Question) -> Any:
    """The values that paths through a taxonomy mean: the steps joined where that is a value, else the last step.

    >>> from curation.annotation.codebook import shipped
    >>> _paths([["economy"], ["public_policy", "politics"]], shipped("topic").question[0])
    ['economy', 'politics']
    """
    if not isinstance(paths, list):
        return paths
    values = []
    for path in paths:
        if not isinstance(path, list) or not path or not all(isinstance(step, str) for step in path):
            return None
        joined = "_".join(path)
        values.append(joined if joined in question.values else path[-1])
    return values


def _span(value: Mapping[str, Any], text: str) -> tuple[int, int, str] | None:
    r"""Start, end and text of a span in code points, where the text proves them.

    Label Studio 1.23 counts code points in a ``Text``, also after an emoji (measured in its page); older
    releases counted UTF-16 units. In a ``HyperText`` the places in the text stand under ``globalOffsets``. What was
    marked it tells as the browser shows it: several spaces as one, and a line break as the two characters ``\n``.

    >>> _span({"start": 2, "end": 6, "text": "Baru"}, "😀 Baru")
    (2, 6, 'Baru')
    >>> _span({"start": 3, "end": 7, "text": "Baru"}, "😀 Baru")
    (2, 6, 'Baru')
    >>> _span({"start": "/p[1]", "globalOffsets": {"start": 2, "end": 6}, "text": "Baru"}, "😀 Baru")
    (2, 6, 'Baru')
    >>> _span({"start": 2, "end": 15, "text": r"Baru itu\nini"}, "😀 Baru  itu" + chr(10) + "ini")
    (2, 15, 'Baru  itu\nini')
    """
    offsets = value.get("globalOffsets")
    place = offsets if isinstance(offsets, dict) else value
    start, end, quote = place.get("start"), place.get("end"), value.get("text")
    if not (type(start) is int and type(end) is int and isinstance(quote, str) and quote and 0 <= start < end):
        return None
    units = text.encode("utf-16-le")
    counted = [len(units[: 2 * place].decode("utf-16-le", "replace")) for place in (start, end)]
    for form in (str, _as_shown):
        for first, last in ((start, end), counted):
            passage = text[first:last]
            if passage and form(passage) == form(quote):
                return first, first + len(passage), passage
    return None


def _as_shown(passage: str) -> str:
    return " ".join(passage.replace("\\n", " ").split())


def _complete(reading: Reading, answers: dict[str, list[Answer]], codebook: Codebook, version: str) -> None:
    """Say what is missing, given too often, or answered though not asked; not where an answer was refused."""
    if reading.refused:
        return
    if not answers:
        reading.refuse("it holds no answer" + (" to a question of the codebook" if reading.problems else ""))
        return
    values = answers_today(codebook, version, {name: [one.value for one in given] for name, given in answers.items()})
    if values is None:
        return  # a value was split and is asked again: what else today's page asks can't be told from it
    for question in codebook.question:
        given = answers.get(question.name, [])
        if question.kind == "choice" and len(given) > 1:
            both = ", ".join(answer.value for answer in given)
            kind = f"'{question.name}' has more than one answer"
            reading.refuse(f"{kind} ({both})", kind=kind)
        if question.is_asked(values):
            is_needed = question.required and not codebook.is_once(question)
            if is_needed and not given and not is_newer(codebook, question, version):
                reading.refuse(f"the required answer to '{question.name}' is missing")
        elif given:
            reading.refuse(f"'{question.name}' was answered though it was not asked")
