"""Who answered what to each question: of every annotator the last ballot on a unit, and skips are none.

The unit is the task within its round: answers of two rounds never meet. A question about the article alone stands on
the page of each target; for it the unit is the article.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.agreement.votes import Bools, Ints
from curation.annotation.sampling.roles import NORMAL
from curation.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.annotation.codebook import Codebook, Question

Kind = Literal["choice", "choices", "spans"]
KINDS = ("choice", "choices", "spans")


class Coded(NamedTuple):
    """A column as numbers: its sorted names, and the place of each row's name; -1 where it is null."""

    names: tuple[str, ...]
    codes: Ints


class Taken(NamedTuple):
    """The ballots that count: a row of the frame for each, and the ballot of every row that belongs to one, else -1."""

    rows: Ints
    ballot: Ints
    unit: Ints


@dataclass(frozen=True)
class Ballots:
    """All answers to one question.

    `unit`, `annotator` and `row` are of ballots; `answer`, `label`, `start` and `end` of labels given, of which a
    ballot may hold none or several.
    """

    question: str
    kind: Kind
    labels: tuple[str, ...]
    annotators: tuple[str, ...]
    #: numbered from 0
    unit: Ints
    annotator: Ints
    #: a row of the frame that the ballot stands on
    row: Ints
    answer: Ints
    label: Ints
    start: Ints
    end: Ints

    @property
    def n_units(self) -> int:
        """Units with an answer."""
        return int(self.unit.max(initial=-1)) + 1

    def where(self, mask: Bools) -> Ballots:
        """Only these ballots; units without any are gone."""
        place = np.where(mask, np.cumsum(mask) - 1, -1)
        kept = place[self.answer] >= 0
        return replace(
            self,
            unit=np.unique(self.unit[mask], return_inverse=True)[1],
            annotator=self.annotator[mask],
            row=self.row[mask],
            answer=place[self.answer[kept]],
            label=self.label[kept],
            start=self.start[kept],
            end=self.end[kept],
        )


@dataclass
class Sheet:
    """A frame of answers in numbers."""

    #: the frame as :func:`curation.annotation.agreement.columns.answers` gives it
    table: pa.Table
    codebook: Codebook | None = None
    #: of all questions, where no codebook says it
    kind: Kind | None = None
    #: of each row of the frame: what tasks know of it
    tasks: dict[str, pa.ChunkedArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise UsageError(f"there is no kind of question '{self.kind}'", remedy=f"Known: {', '.join(KINDS)}.")
        self.annotator = coded(self.table["annotator"])
        self.question = coded(self.table["question"])
        self.annotation = coded(self.table["annotation"])
        self.skipped = pc.fill_null(self.table["skipped"], False).to_numpy()
        when = pc.fill_null(self.table["when"].cast(pa.int64()), np.iinfo(np.int64).min)
        self.when: Ints = when.to_numpy()
        self.by_task = together(self.table["campaign"], self.table["round"], self.table["unit"])
        self._taken: dict[str, Taken] = {}

    @property
    def questions(self) -> list[str]:
        """Those of the codebook in its order, then others that the frame names."""
        asked = [question.name for question in self.codebook.question] if self.codebook else []
        return [*asked, *sorted(set(self.question.names) - {"", *asked})]

    def ballots(self, name: str) -> Ballots:
        """The answers to one question.

        Raises:
            DataError: somebody gave two answers where one is asked for, and nothing tells which is the last; or a
                passage ends before it starts.
        """
        question = self._question(name)
        here = self.question.codes == (self.question.names.index(name) if name in self.question.names else -2)
        rows, labels = _labels(self.table["value"], np.flatnonzero(here & ~self.skipped))
        kind = question.kind if question else self.kind or self._kind(rows, labels)
        taken = self._ballots(name, question, here)
        inside = taken.ballot[rows] >= 0
        rows, labels = rows[inside], labels.filter(pa.array(inside))
        found = coded(labels, question.values if question else ())
        answer = taken.ballot[rows]
        start, end = (
            _numbers(self.table[key], rows) if kind == "spans" else np.zeros_like(rows) for key in ("start", "end")
        )
        if kind == "spans" and (wrong := np.flatnonzero((start < 0) | (end <= start))).size:
            unit = self.table["unit"][rows[wrong[0]]].as_py()
            what = f"a passage in '{unit}' goes from {start[wrong[0]]} to {end[wrong[0]]}"
            remedy = "start counts from 0, end is the place behind the last letter."
            raise DataError(what, where=f"question '{name}'", remedy=remedy)
        # the same label twice on one ballot is one, but for passages
        given = np.stack([end, start, found.codes, answer])
        given = given[:, np.lexsort(given if kind == "spans" else given[2:])]
        first = np.append(True, (given[:, 1:] != given[:, :-1]).any(axis=0))[: given.shape[1]]
        end, start, label, answer = given[:, first]
        if kind == "choice":
            self._one_each(name, taken, answer, label, found.names)
            asked = np.unique(answer)
        else:
            asked = np.flatnonzero(self._asked(question, taken, here))
        place = np.full(len(taken.rows), -1)
        place[asked] = np.arange(len(asked))
        kept = place[answer] >= 0
        return Ballots(
            question=name,
            kind=kind,
            labels=found.names,
            annotators=self.annotator.names,
            unit=np.unique(taken.unit[asked], return_inverse=True)[1],
            annotator=self.annotator.codes[taken.rows[asked]],
            row=taken.rows[asked],
            answer=place[answer[kept]],
            label=label[kept],
            start=start[kept],
            end=end[kept],
        )

    def _question(self, name: str) -> Question | None:
        questions = self.codebook.question if self.codebook else ()
        return next((question for question in questions if question.name == name), None)

    def is_of_article(self, name: str) -> bool:
        """Whether a question stands on the page of each target and is about the article alone."""
        question = self._question(name)
        return bool(question and self.codebook and self.codebook.per_target and question.per == "document")

    def _kind(self, rows: Ints, labels: pa.Array) -> Kind:
        """What kind of question it is, by how it was answered."""
        if len(rows) and self.table["start"].take(pa.array(rows)).null_count < len(rows):
            return "spans"
        if pa.types.is_list(self.table["value"].type):
            return "choices"
        if self.annotation.names:
            given = np.unique(np.stack([self.annotation.codes[rows], coded(labels).codes]), axis=1)
            if len(np.unique(given[0])) < given.shape[1]:
                return "choices"
        return "choice"

    def _ballots(self, name: str, question: Question | None, here: Any) -> Taken:
        """Of every annotator and unit the last ballot: a whole page, where annotations have a number."""
        of_article = self.is_of_article(name)
        whole = bool(self.annotation.names)
        key = name if of_article or not whole else ""
        if key not in self._taken:
            unit = self._by_article() if of_article else self.by_task
            rows = np.flatnonzero(~self.skipped if whole else here & ~self.skipped)
            if of_article and whole:
                rows = self._answered(rows, unit, here)
            self._taken[key] = self._last(rows, unit)
        return self._taken[key]

    def _by_article(self) -> Ints:
        table = self.table
        return together(table["campaign"], table["round"], pc.coalesce(table["document"], table["unit"]))

    def _answered(self, rows: Ints, unit: Ints, here: Any) -> Ints:
        """Rows without the pages that leave empty what the same person answered on another page of the article."""
        person = unit * len(self.annotator.names) + self.annotator.codes
        page = person * len(self.annotation.names) + self.annotation.codes
        given = here & ~self.skipped
        return rows[~np.isin(person[rows], person[given]) | np.isin(page[rows], page[given])]

    def _last(self, rows: Ints, unit: Ints) -> Taken:
        person = unit[rows] * len(self.annotator.names) + self.annotator.codes[rows]
        sheet = self.annotation.codes[rows] if self.annotation.names else self.when[rows]
        order = np.lexsort((sheet, self.when[rows], person))
        person, sheet, rows = person[order], sheet[order], rows[order]
        last = np.flatnonzero(np.append(person[1:] != person[:-1], True)[: len(person)])
        place = np.repeat(np.arange(len(last)), np.diff(last, prepend=-1))
        ballot = np.full(self.table.num_rows, -1)
        ballot[rows] = np.where(sheet == sheet[last][place], place, -1)
        return Taken(rows[last], ballot, unit[rows[last]])

    def _asked(self, question: Question | None, taken: Taken, here: Any) -> Any:
        """Which ballots were asked a question that may be answered by nothing."""
        condition = question.visible_when if question else None
        if condition is not None:
            given = pc.is_in(self.table["value"], pa.array(condition.values, pa.string()))
            there = pc.and_(pc.equal(self.table["question"], condition.question), pc.fill_null(given, False))
            mask = there.to_numpy()
        elif self.annotation.names:
            return np.ones(len(taken.rows), bool)
        else:
            mask = (
                here
                if not pa.types.is_list(self.table["value"].type)
                else here & pc.is_valid(self.table["value"]).to_numpy()
            )
        asked = np.zeros(len(taken.rows), bool)
        asked[taken.ballot[mask & (taken.ballot >= 0)]] = True
        return asked

    def _one_each(self, name: str, taken: Taken, answer: Ints, label: Ints, names: tuple[str, ...]) -> None:
        twice = np.flatnonzero(answer[1:] == answer[:-1])
        if not len(twice):
            return
        row = taken.rows[answer[twice[0]]]
        who, unit = self.annotator.names[self.annotator.codes[row]], self.table["unit"][row].as_py()
        both = " and ".join(f"'{names[label[twice[0] + i]]}'" for i in (0, 1))
        raise DataError(
            f"{who} answered {both} to unit '{unit}'",
            where=f"question '{name}'",
            remedy="Name the column that tells which was last (when=...), or say kind='choices' if both may be given.",
        )


def coded(column: Any, first: tuple[str, ...] = ()) -> Coded:
    """A text column as numbers.

    Args:
        column: of text.
        first: names that come first, in this order, also where no row holds them.

    >>> coded(pa.array(["b", None, "a", "b"]))
    Coded(names=('a', 'b'), codes=array([ 1, -1,  0,  1]))
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    array = array.cast(pa.string())
    found = pc.unique(array).drop_null()
    more = sorted(set(found.to_pylist()) - set(first)) if first else found.take(pc.sort_indices(found)).to_pylist()
    names = (*first, *more)
    codes = pc.fill_null(pc.index_in(array, pa.array(names, pa.string())), -1)
    return Coded(names, codes.to_numpy().astype(np.int64))


def together(*columns: Any) -> Ints:
    """One number for each combination of values, in the order of the values.

    >>> together(pa.array(["r1", "r1", "r2"]), pa.array(["b", "a", "a"]))
    array([1, 0, 2])
    """
    made = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        names, codes = coded(column)
        made = np.unique(made * (len(names) + 1) + codes + 1, return_inverse=True)[1]
    return made


def join_tasks(table: pa.Table, tasks: pa.Table | None) -> dict[str, pa.ChunkedArray]:
    """What tasks know of each row of a frame: stratum, role, cluster_id ... Null where there is no such task."""
    if tasks is None:
        return {}
    lacking = [name for name in ("round", "task_key") if name not in tasks.column_names]
    if lacking:
        raise UsageError(
            f"the tasks lack the column(s) {', '.join(lacking)}", remedy="Give a campaign's tasks.parquet."
        )
    place = pc.index_in(_joined(table["round"], table["unit"]), _joined(tasks["round"], tasks["task_key"]))
    wanted = ("stratum", "role", "cluster_id", "target", "prediction")
    return {name: tasks[name].take(place) for name in wanted if name in tasks.column_names}


def of_the_sample(sheet: Sheet) -> Sheet:
    """Without answers to gold tasks and probes; what is known of no task stays."""
    if "role" not in sheet.tasks:
        return sheet
    mask = pc.fill_null(pc.equal(sheet.tasks["role"], NORMAL), True)
    if pc.all(mask).as_py() is not False:
        return sheet
    tasks = {name: column.filter(mask) for name, column in sheet.tasks.items()}
    return Sheet(sheet.table.filter(mask), sheet.codebook, sheet.kind, tasks)


def _joined(*columns: Any) -> pa.Array:
    texts = [pc.fill_null(column.cast(pa.string()), "") for column in columns]
    return pc.binary_join_element_wise(*texts, "\0").combine_chunks()


def _labels(column: pa.ChunkedArray, rows: Ints) -> tuple[Ints, pa.Array]:
    """The labels on these rows, and the row of each."""
    given = column.take(pa.array(rows)).combine_chunks()
    if pa.types.is_list(given.type):
        flat, parents = pc.list_flatten(given), pc.list_parent_indices(given).to_numpy()
        valid = pc.is_valid(flat).to_numpy(zero_copy_only=False)
        return rows[parents[valid]], flat.drop_null()
    valid = pc.is_valid(given).to_numpy(zero_copy_only=False)
    return rows[valid], given.cast(pa.string()).drop_null()


def _numbers(column: pa.ChunkedArray, rows: Ints) -> Ints:
    made: Ints = pc.fill_null(column.take(pa.array(rows)), 0).to_numpy().astype(np.int64)
    return made


def lengths(sheet: Sheet, ballots: Ballots, known: Mapping[str, int]) -> tuple[Ints, int]:
    """Code points of each unit's text, and of how many units they are not known.

    A text of unknown length ends for us with the last passage that anybody marked.
    """
    length = np.ones(ballots.n_units, np.int64)
    np.maximum.at(length, ballots.unit[ballots.answer], ballots.end)
    if not known:
        return length, ballots.n_units
    names = pc.coalesce(sheet.table["document"], sheet.table["unit"]).take(pa.array(ballots.row))
    place = pc.index_in(names, pa.array(list(known), pa.string()))
    found = pc.is_valid(place).to_numpy()
    told = pa.array(list(known.values()), pa.int64()).take(place.combine_chunks()).drop_null().to_numpy()
    np.maximum.at(length, ballots.unit[found], told)
    return length, ballots.n_units - len(np.unique(ballots.unit[found]))
