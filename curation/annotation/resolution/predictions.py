"""A model's answers from a file: CSV, JSON lines or Parquet, a row an answer. What can't be used is told row by row."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from curation.annotation.resolution.resolve import table
from curation.errors import InputError, UsageError
from curation.store import canonical_json, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from curation.annotation.codebook import Codebook, Question
    from curation.annotation.resolution.votes import Unit

#: columns that may name the article, in the order in which they are believed
NAMES = ("document_id", "task_key", "url", "id")


class Row(NamedTuple):
    """A row with its number: as a spreadsheet counts in CSV, lines in JSON lines, from 1 in Parquet."""

    number: int
    held: Mapping[str, Any]


class Refused(NamedTuple):
    """A row that is not used; `kind` is the same for all that have the same fault."""

    row: int
    kind: str
    what: str


class Found(NamedTuple):
    """What a row's name leads to: the documents, and the target where it names a task."""

    documents: tuple[str, ...]
    target: str | None = None


@dataclass(frozen=True)
class Predictions:
    """What a model says."""

    #: in the schema of labels
    labels: pa.Table
    #: by question, the values of each unit; of a question with several answers perhaps none
    said: Mapping[str, Mapping[Unit, frozenset[str]]]
    #: rows that were used
    rows: int
    refused: tuple[Refused, ...]


@dataclass
class _Answer:
    row: int
    values: tuple[str, ...]
    distribution: dict[str, float]


def read(path: Path) -> list[Row]:
    """The rows of a file.

    Raises:
        UsageError: it is not there, or of no kind that is read.
        InputError: it can't be read, or names no article or no value.
    """
    readers: dict[str, Callable[[Path], Iterator[Row]]] = {
        **{".csv": _csv, ".tsv": _csv, ".jsonl": _lines, ".ndjson": _lines, ".parquet": _parquet}
    }
    if path.suffix.lower() not in readers:
        raise UsageError("no kind of file that is read", where=str(path), remedy="Give .csv, .jsonl or .parquet.")
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Check the path.")
    try:
        rows = list(readers[path.suffix.lower()](path))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", where=str(path), remedy="Save it as UTF-8.") from None
    except csv.Error as error:
        raise InputError(
            f"not readable as CSV ({error})", where=str(path), remedy="Quote cells that hold quotes or line ends."
        ) from None
    if not rows:
        raise InputError("no rows", where=str(path), remedy="Write one a document.")
    columns = {name for row in rows for name in row.held}
    if not columns & set(NAMES):
        raise InputError(
            f"no column names the article: {_some(columns)}", where=str(path), remedy="Call it document_id."
        )
    if "value" not in columns:
        raise InputError(
            f"no column 'value': {_some(columns)}", where=str(path), remedy="Call the model's answer value."
        )
    return rows


def _csv(path: Path) -> Iterator[Row]:
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns = next(reader, [])
    for number, cells in enumerate(reader, 2):
        if len(cells) > len(columns):
            what = f"{len(cells)} cells in a row, and {len(columns)} columns"
            raise InputError(what, where=f"{path}, row {number}", remedy="Quote cells that hold a separator.")
        if any(cells):
            yield Row(number, dict(zip(columns, cells, strict=False)))


def _lines(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip():
            try:
                held = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(
                    f"not JSON ({error})", where=f"{path}, line {number}", remedy="Write one object a line."
                ) from None
            if not isinstance(held, dict):
                raise InputError("not a JSON object", where=f"{path}, line {number}", remedy="Write one object a line.")
            yield Row(number, held)


def _parquet(path: Path) -> Iterator[Row]:
    for number, held in enumerate(read_table(path).to_pylist(), 1):
        yield Row(number, held)


def _some(columns: Iterable[str]) -> str:
    return f"there are {', '.join(sorted(map(str, columns)))}"


def name_of(row: Row) -> tuple[str, str] | None:
    """The column that names a row's article, and what it says.

    >>> name_of(Row(2, {"id": "7", "url": "", "value": "favor"}))
    ('id', '7')
    """
    for column in NAMES:
        value = row.held.get(column)
        if value is not None and str(value).strip():
            return column, str(value).strip()
    return None


def predictions(
    rows: Iterable[Row], found: Mapping[tuple[str, str], Found], codebook: Codebook, *, campaign: str, name: str
) -> Predictions:
    """A model's answers as labels.

    Args:
        rows: of the file.
        found: what each name (see :func:`name_of`) leads to.
        codebook: the questions.
        campaign: its name.
        name: the model's.
    """
    reader = _Reader(found, codebook, campaign)
    for row in rows:
        reader.take(row)
    labels: list[dict[str, Any]] = []
    said: dict[str, dict[Unit, frozenset[str]]] = defaultdict(dict)
    used = 0
    for (unit, asked), answers in reader.answers.items():
        question = reader.questions[asked]
        kept = reader.agreed(question, answers)
        if not kept:
            continue
        used += len(kept)
        values = sorted({value for answer in kept for value in answer.values})
        said[question.name][unit] = frozenset(values)
        told: dict[str, float] = {}
        for answer in kept:
            told |= answer.distribution
        labels += [
            {
                **dict(zip(("campaign", "document_id", "target"), unit, strict=True)),
                **{"question": question.name, "value": value, "distribution": canonical_json(told)},
                **{"method": f"model:{name}", "n_votes": 0},
            }
            for value in values
        ]
    return Predictions(table(labels), dict(said), used, tuple(sorted(reader.refused)))


class _Reader:
    """Collects answers by unit, and the rows that hold none."""

    def __init__(self, found: Mapping[tuple[str, str], Found], codebook: Codebook, campaign: str) -> None:
        self.found = found
        self.campaign = campaign
        self.questions = {question.name: question for question in codebook.question}
        self.first = next(question for question in codebook.question if question.kind != "spans")
        self.targets = {target.name for target in codebook.target}
        self.answers: dict[tuple[Unit, str], list[_Answer]] = defaultdict(list)
        self.refused: list[Refused] = []

    def take(self, row: Row) -> None:
        """Read one row."""
        try:
            unit, question = self._place(row)
            self.answers[unit, question.name].append(_answer(row, question))
        except _FaultError as fault:
            self.refused.append(Refused(row.number, fault.kind, fault.what))

    def agreed(self, question: Question, answers: list[_Answer]) -> list[_Answer]:
        """The answers to one question about one unit that don't contradict or repeat each other."""
        given = {answer.values for answer in answers}
        # of any number, several rows are several answers, unless one says that there is none
        if len(given) > 1 and (question.kind == "choice" or () in given):
            rows = ", ".join(str(answer.row) for answer in answers)
            what = f"rows {rows} give different answers about the same"
            self.refused += [Refused(answer.row, "contradicts another row", what) for answer in answers]
            return []
        first: dict[tuple[str, ...], _Answer] = {}
        for answer in answers:
            one = first.setdefault(answer.values, answer)
            if one is not answer:
                self.refused.append(Refused(answer.row, "repeats another row", f"row {one.row} says the same"))
        return list(first.values())

    def _place(self, row: Row) -> tuple[Unit, Question]:
        named = name_of(row)
        if named is None:
            raise _FaultError("names no article", f"{', '.join(NAMES)} are empty")
        place = self.found.get(named, Found(()))
        if not place.documents:
            raise _FaultError(f"has an unknown {named[0]}", f"{named[0]} '{named[1]}'")
        if len(place.documents) > 1:
            raise _FaultError("names several versions of an article", f"{named[0]} '{named[1]}': write its document_id")
        question = self._question(row)
        target = None
        if question.per == "target":
            target = _text(row.held.get("target")) or place.target
            if not target:
                raise _FaultError(f"lacks the target that '{question.name}' asks about", f"{named[0]} '{named[1]}'")
            if place.target and target != place.target:
                raise _FaultError(
                    "names a task of another target", f"'{target}', and the task is about '{place.target}'"
                )
            if self.targets and target not in self.targets:
                raise _FaultError("names a target that the codebook lacks", f"'{target}'")
        return (self.campaign, place.documents[0], target), question

    def _question(self, row: Row) -> Question:
        name = _text(row.held.get("question"))
        question = self.questions.get(name) if name else self.first
        if question is None:
            raise _FaultError("names a question that the codebook lacks", f"'{name}'")
        if question.kind == "spans":
            raise _FaultError("answers a question about passages, which are not imported", f"'{name}'")
        return question


class _FaultError(Exception):
    """Why a row is not used."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(what)
        self.kind, self.what = kind, what


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _answer(row: Row, question: Question) -> _Answer:
    given = row.held.get("value")
    if question.kind == "choices":
        values = _several(given)
    else:
        values = (_text(given),)
        if not values[0]:
            raise _FaultError("has no value", f"'{question.name}' takes one")
    if unknown := [value for value in values if value not in question.values]:
        raise _FaultError(f"has a value that '{question.name}' lacks", f"'{unknown[0]}'")
    return _Answer(row.number, values, _distribution(row, question, values))


def _several(given: Any) -> tuple[str, ...]:
    """The values of a question that takes any number: a list, or text with commas, bars or semicolons between them.

    >>> _several("health|disaster"), _several(["health"]), _several("[]")
    (('disaster', 'health'), ('health',), ())
    """
    if isinstance(given, str) and given.strip().startswith("["):
        try:
            given = json.loads(given)
        except ValueError:
            raise _FaultError("has a value that is no list", f"'{given}'") from None
    parts = given if isinstance(given, list) else re.split(r"[,;|]", _text(given))
    return tuple(sorted({_text(part) for part in parts} - {""}))


def _distribution(row: Row, question: Question, values: tuple[str, ...]) -> dict[str, float]:
    """How probable the model finds each value, where the row tells it."""
    told: dict[str, Any] = {}
    given = row.held.get("distribution")
    if isinstance(given, str) and given.strip():
        try:
            given = json.loads(given)
        except ValueError:
            raise _FaultError("has a distribution that is no JSON", f"'{given}'") from None
    if isinstance(given, dict):
        told = {key: value for key, value in given.items() if value is not None}  # Parquet gives all keys to all rows
    columns = _columns(question.values)
    for column in sorted(columns.keys() & row.held.keys()):
        if _text(row.held[column]):
            told[columns[column]] = row.held[column]
    if not told and len(values) == 1 and _text(row.held.get("score")):
        told = {values[0]: row.held["score"]}
    if unknown := [key for key in told if key not in question.values]:
        raise _FaultError(f"has a distribution over values that '{question.name}' lacks", f"'{unknown[0]}'")
    return {key: _probability(value) for key, value in told.items()}


@cache
def _columns(values: tuple[str, ...]) -> dict[str, str]:
    """The columns that may tell how probable a value is."""
    return {f"{before}{value}": value for value in values for before in ("", "p_", "prob_", "probability_")}


def _probability(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 <= number <= 1:
        raise _FaultError("has a probability that is not between 0 and 1", f"'{value}'")
    return number
