"""A Label Studio export, read into the annotations table with every answer checked.

Neither server nor SDK checks enough: a renamed label, a second answer of one person, a span that doesn't
match its text all get through. Here an annotation with a fault stays out of the table as a whole and is
reported; nothing is mended in silence.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from curation import schema
from curation.annotation.annotators import Annotators, Person, person
from curation.annotation.codebook import Codebook
from curation.annotation.page import TEXT, config_sha256
from curation.errors import InputError, UsageError

AGAIN = "Correct it in Label Studio and export again."


@dataclass(frozen=True)
class Problem:
    """What was not used, and what to do about it."""

    task_key: str
    annotation_id: str
    what: str
    remedy: str

    def __str__(self) -> str:
        annotation = f", annotation {self.annotation_id}" if self.annotation_id else ""
        place = f"task {self.task_key or '?'}{annotation}: " if self.task_key or annotation else ""
        return f"{place}{self.what}. {self.remedy}"


@dataclass(frozen=True)
class Pulled:
    """What an export holds."""

    annotations: pa.Table
    problems: tuple[Problem, ...]
    #: those known before and the new ones
    annotators: Annotators
    #: task and annotator of each annotation in the export, refused ones too
    given: frozenset[tuple[str, str]]

    def into(self, older: pa.Table) -> pa.Table:
        """An annotations table with this export in it: it replaces what the same people said of the same tasks.

        Only what they said later stays: who is asked again under another guideline answers in another project, and the
        first one may be read again after that.
        """
        new, known = _said_last(self.annotations), _said_last(older)
        later = {pair for pair, when in known.items() if pair in new and when > new[pair]}
        kept = older.filter(pa.array([p not in self.given or p in later for p in _pairs(older)], pa.bool_()))
        used = self.annotations.filter(pa.array([p not in later for p in _pairs(self.annotations)], pa.bool_()))
        return _ordered(pa.concat_tables([kept, used]))


def _pairs(table: pa.Table) -> Iterable[tuple[str, str]]:
    return zip(table["task_key"].to_pylist(), table["annotator"].to_pylist(), strict=True)


def _said_last(table: pa.Table) -> dict[tuple[str, str], datetime]:
    """When each person last said something of each task."""
    last: dict[tuple[str, str], datetime] = {}
    for pair, when in zip(_pairs(table), table["updated_at"].to_pylist(), strict=True):
        last[pair] = max(when, last.get(pair, when))
    return last


def read_export(
    path: Path,
    codebook: Codebook,
    tasks: pa.Table,
    annotators: Annotators,
    given_out: Mapping[str, Collection[str]] | None = None,
) -> Pulled:
    """Read and check an export.

    Args:
        path: Label Studio's JSON export, of the snapshot kind or the simple one.
        codebook: the questions and stored values that are known.
        tasks: the tasks table; an answer to another task is reported.
        annotators: known pseudonyms.
        given_out: the digests of the texts that were given out of each document, where there are earlier ones; an
            answer to one of them is read, with that digest.

    Raises:
        UsageError: the file is not there.
        InputError: the file is no such export.
    """
    known = {row["task_key"]: row for row in tasks.to_pylist()}
    for row in known.values():
        row["texts"] = {row["text_sha256"], *(given_out or {}).get(row["document_id"], ())}
    readings = [reading for task in _decode(path) for reading in _readings(task, known, codebook)]
    ours = [reading for reading in readings if reading.task_key in known]
    annotators = annotators.including({p for reading in ours for p in (reading.by, reading.updated_by) if p})
    counts = Counter((reading.task_key, annotators.pseudonym(reading.by)) for reading in ours if reading.by)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for reading in readings:
        name = annotators.pseudonym(reading.by) if reading.by and reading.task_key in known else ""
        if counts[reading.task_key, name] > 1:
            reading.refuse(f"{name} answered this task more than once", "Delete all but one and export again.")
        problems += reading.problems
        if not reading.refused:
            changed = annotators.pseudonym(reading.updated_by) if reading.updated_by else None
            signed = {"annotator": name, "updated_by": changed, "source": path.name}
            rows += [{**row, **signed} for row in reading.rows]
    table = _ordered(schema.from_rows("annotations", rows))
    return Pulled(table, tuple(problems), annotators, frozenset(counts))


def _ordered(table: pa.Table) -> pa.Table:
    keys = ("campaign", "task_key", "annotator", "annotation_id", "question", "start", "end", "value")
    return table.sort_by([(key, "ascending") for key in keys])


def _decode(path: Path) -> list[dict[str, Any]]:
    remedy = "Export as JSON (not JSON-MIN, not CSV) from Label Studio."
    try:
        tasks = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", where=str(path)) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"not JSON ({error})", where=str(path), remedy=remedy) from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) and "data" in task for task in tasks):
        raise InputError("not a Label Studio export", where=str(path), remedy=remedy)
    return tasks


# -- one annotation -------------------------------------------------------------------------------


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

    def refuse(self, what: str, remedy: str = AGAIN) -> None:
        """Keep the annotation out of the table."""
        self.refused = True
        self.note(what, remedy)

    def note(self, what: str, remedy: str) -> None:
        """Report something without keeping the annotation out."""
        self.problems.append(Problem(self.task_key, self.annotation_id, what, remedy))


class Answer(NamedTuple):
    """One choice or span."""

    value: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None


def _readings(exported: dict[str, Any], known: dict[str, dict[str, Any]], codebook: Codebook) -> list[Reading]:
    """The annotations of one exported task."""
    data = exported["data"] if isinstance(exported["data"], dict) else {}
    key = _string(data.get("task_key"))
    task = known.get(key)
    listed = exported.get("annotations")
    readings = []
    for annotation in listed if isinstance(listed, list) else ():
        found = annotation if isinstance(annotation, dict) else {}
        reading = Reading(key, _id(found), person(found.get("completed_by")), person(found.get("updated_by")))
        readings.append(reading)
        if not found:
            reading.refuse("the export holds only its number", "Export again with full annotations.")
        elif task is None:
            other = f"a task of another campaign or project (its number there: {exported.get('id')})"
            reading.refuse(other, "Export the project of this campaign, or name the right campaign.")
        elif _text_sha256(data) not in task["texts"]:
            reading.refuse(
                "the text is not the one that was given out", "Make a new task for it: curation label export"
            )
        else:
            _read(reading, found, data, task, codebook)
    return readings


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _id(annotation: dict[str, Any]) -> str:
    found = annotation.get("id", annotation.get("unique_id"))
    return str(found) if isinstance(found, (int, str)) else ""


def _text_sha256(data: dict[str, Any]) -> str:
    text = data.get(TEXT)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest() if isinstance(text, str) else ""


def _read(
    reading: Reading, found: dict[str, Any], data: dict[str, Any], task: dict[str, Any], codebook: Codebook
) -> None:
    """Fill in the rows of one annotation, or say why not."""
    created, updated = _time(found.get("created_at")), _time(found.get("updated_at"))
    if not reading.annotation_id or reading.by is None or created is None:
        reading.refuse("number, annotator or time is missing")
        return
    lead_time = found.get("lead_time")
    common = {
        **{name: task[name] for name in ("campaign", "round", "task_key", "document_id")},
        "text_sha256": _text_sha256(data),
        "annotation_id": reading.annotation_id,
        "created_at": created,
        "updated_at": updated or created,
        "lead_time": float(lead_time) if isinstance(lead_time, (int, float)) else None,
        "label_config_sha256": _string(data.get("label_config_sha256")) or config_sha256(codebook),
        "guideline_version": _string(data.get("guideline_version")) or codebook.version,
    }
    if found.get("was_cancelled"):
        reading.rows = [{**common, "target": task["target"], "question": "", "skipped": True}]
        return
    answers = _answers(reading, found.get("result"), data[TEXT], codebook)
    _complete(reading, answers, codebook)
    for question in codebook.question:
        about = {"question": question.name, "target": task["target"] if question.per == "target" else None}
        for answer in answers.get(question.name, ()):
            where = {"field": TEXT} if question.kind == "spans" else {}
            reading.rows.append({**common, **about, **where, **answer._asdict(), "skipped": False})


def _time(value: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(value)
        return time.astimezone(UTC) if time.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


# -- its answers ----------------------------------------------------------------------------------


def _answers(reading: Reading, result: Any, text: str, codebook: Codebook) -> dict[str, list[Answer]]:
    """The answers by question; faults are told to the reading."""
    questions = {question.name: question for question in codebook.question}
    answers: dict[str, list[Answer]] = {}
    for item in result if isinstance(result, list) else ():
        item = item if isinstance(item, dict) else {}
        name, type_ = _string(item.get("from_name")), _string(item.get("type"))
        question = questions.get(name)
        if question is None:
            what = f"'{name or type_}' is no question of the codebook"
            reading.note(what, "It was left out; the other answers were read.")
            continue
        if type_ != ("labels" if question.kind == "spans" else "choices") or item.get("to_name") != TEXT:
            reading.refuse(f"'{name}' was answered on another page ({type_} on {item.get('to_name')})")
            continue
        held = item.get("value")
        value: dict[str, Any] = held if isinstance(held, dict) else {}
        values = value.get(type_)
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            reading.refuse(f"'{name}' holds no list of {type_}")
            continue
        for stored in values:
            if stored not in question.values:
                shown = [label.value for label in question.label if label.shown == stored]
                hint = f"It is shown for '{shown[0]}': does the page lack its alias?" if shown else AGAIN
                reading.refuse(f"'{stored}' is no value of '{name}'", hint)
            elif question.kind != "spans":
                answers.setdefault(question.name, []).append(Answer(stored))
            elif span := _span(value, text):
                answers.setdefault(question.name, []).append(Answer(stored, *span))
            else:
                reading.refuse(f"the span '{value.get('text')}' of '{name}' does not stand where it says")
    return {name: list(dict.fromkeys(given)) for name, given in answers.items()}


def _span(value: dict[str, Any], text: str) -> tuple[int, int, str] | None:
    """Start, end and text of a span in code points, where the text proves them.

    Label Studio 1.23 counts code points in a ``Text``, also after an emoji (measured in its page); older
    releases counted UTF-16 units.

    >>> _span({"start": 2, "end": 6, "text": "Baru"}, "😀 Baru")
    (2, 6, 'Baru')
    >>> _span({"start": 3, "end": 7, "text": "Baru"}, "😀 Baru")
    (2, 6, 'Baru')
    """
    start, end, quote = value.get("start"), value.get("end"), value.get("text")
    if not (type(start) is int and type(end) is int and isinstance(quote, str) and 0 <= start < end):
        return None
    if text[start:end] == quote:
        return start, end, quote
    units = text.encode("utf-16-le")
    before, inside = units[: 2 * start], units[2 * start : 2 * end]
    if inside != quote.encode("utf-16-le"):
        return None
    first = len(before.decode("utf-16-le", "replace"))
    return (first, first + len(quote), quote) if text[first : first + len(quote)] == quote else None


def _complete(reading: Reading, answers: dict[str, list[Answer]], codebook: Codebook) -> None:
    """Say what is missing, given too often, or answered though not asked; not where an answer was refused."""
    if reading.refused:
        return
    if not answers:
        reading.refuse("it holds no answer")
        return
    values = {name: {answer.value for answer in given} for name, given in answers.items()}
    for question in codebook.question:
        given = answers.get(question.name, [])
        if question.kind == "choice" and len(given) > 1:
            both = ", ".join(answer.value for answer in given)
            reading.refuse(f"'{question.name}' has more than one answer ({both})")
        if question.is_asked(values):
            if question.required and not given:
                reading.refuse(f"the required answer to '{question.name}' is missing")
        elif given:
            reading.refuse(f"'{question.name}' was answered though it was not asked")
