"""A batch of texts as one flat table of lines: what cleaning rules read, and what they answer.

Blank lines are not in the table. Positions are code points of the text *as it stands when the rule runs*;
:mod:`curation.ledger` brings them back to raw. Splitting, trimming and counting are Arrow kernels over the
whole batch; Python sees only the lines that a rule asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from curation.kernels.splitting import Table

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: so many lines are made into Python objects together: their memory is used again for the next ones
_AT_ONCE = 128
#: of texts in one Arrow array
_MOST_BYTES = 2**31 - 1


class Edit(NamedTuple):
    """Replace `start:end` of a document by `replacement`."""

    document: int
    start: int
    end: int
    replacement: str
    rule: str = ""


class Value(NamedTuple):
    """A value read in a document, and where."""

    document: int
    field: str
    value: str
    start: int
    end: int
    rule: str = ""


class Flag(NamedTuple):
    """A finding on a document, and where."""

    document: int
    kind: str
    start: int
    end: int
    score: float
    rule: str = ""


@dataclass(slots=True)  # not frozen: that takes three times as long to make
class Line:
    """One line that is not blank, without the blank space around it."""

    lines: Lines
    index: int
    document: int
    number: int
    from_tail: int
    text: str
    start: int

    @property
    def from_head(self) -> int:
        """Lines before this one in its document."""
        return self.number

    @property
    def end(self) -> int:
        """Code point after the last of the line."""
        return self.start + len(self.text)

    def neighbour(self, distance: int) -> Line | None:
        """The line so many lines further down (or up) in the same document, if there is one."""
        if -self.number <= distance <= self.from_tail:
            return self.lines.line(self.index + distance)
        return None

    @property
    def next(self) -> Line | None:
        """The next line of the same document."""
        return self.neighbour(1)

    @property
    def previous(self) -> Line | None:
        """The line before in the same document."""
        return self.neighbour(-1)

    def drop(self) -> Edit:
        """Remove the whole line."""
        return Edit(self.document, self.start, self.end, "")

    def cut(self, start: int, end: int, replacement: str = "") -> Edit:
        """Replace `start:end` of this line."""
        at = self.start
        return tuple.__new__(Edit, (self.document, at + start, at + end, replacement, ""))  # as Edit(...), faster

    def join(self, after: Line, joint: str) -> Edit:
        """Put `joint` in the place of the blank space between this line and the next."""
        return Edit(self.document, self.end, after.start, joint)

    def read(self, field: str, found: re.Match[str] | None = None, group: int | str = 0) -> Value:
        """The value of a field: a group of a match in this line, or the whole line."""
        if found is None:
            return Value(self.document, field, self.text, self.start, self.end)
        start, end = found.span(group)
        return Value(self.document, field, found[group].strip(), self.start + start, self.start + end)

    def flag(self, kind: str, score: float = 1.0) -> Flag:
        """A finding on this line."""
        return Flag(self.document, kind, self.start, self.end, score)


class Lines:
    r"""The lines of a batch; iterating gives those that are selected, in order.

    >>> lines = Lines.of(["Judul\n\n  Isi berita.", ""])
    >>> [(line.text, line.start, line.from_tail) for line in lines]
    [('Judul', 0, 1), ('Isi berita.', 9, 0)]
    """

    def __init__(
        self,
        texts: Sequence[str],
        text: pa.StringArray,
        document: Integers,
        start: Integers,
        number: Integers,
        from_tail: Integers,
        length: Integers,
        selected: Integers | None = None,
    ) -> None:
        self.texts = texts  #: the whole texts, blank lines and all, by document
        self.text = text
        self.document = document
        self.start = start
        self.number = number
        self.from_tail = from_tail
        self.length = length
        self.selected = np.arange(len(text)) if selected is None else selected
        self._within: dict[tuple[int | None, int | None, int | None], Lines] = {}

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lines:
        """The lines of a batch of texts."""
        from curation.kernels.splitting import split
        from curation.kernels.strings import strings

        return cls._from(texts, split(strings(pa.array(texts, pa.string()))))

    @classmethod
    def _from(cls, texts: Sequence[str], table: Table) -> Lines:
        from curation.kernels.strings import column

        text, *columns = table
        return cls(texts, column(text), *columns)

    def revised(self, documents: Sequence[int], texts: Sequence[str]) -> Lines:
        r"""All lines of the batch with new texts for some of its documents; those of the others are not read again.

        >>> lines = Lines.of(["Judul", "Isi.", "Akhir."])
        >>> [(line.document, line.text) for line in lines.revised([1], ["Isi\nbaru."])]
        [(0, 'Judul'), (1, 'Isi'), (1, 'baru.'), (2, 'Akhir.')]
        """
        from curation.kernels.splitting import Table, together
        from curation.kernels.strings import strings

        changed = list(self.texts)
        for number, new in zip(documents, texts, strict=True):
            changed[number] = new
        old, fresh = (
            Table(strings(lines.text), lines.document, lines.start, lines.number, lines.from_tail, lines.length)
            for lines in (self, Lines.of(texts))
        )
        if len(old.text.letters) + len(fresh.text.letters) > _MOST_BYTES:
            return Lines.of(changed)
        replaced = np.full(len(changed), -1)
        replaced[np.asarray(documents, np.int64)] = np.arange(len(documents))
        return Lines._from(changed, together(old, fresh, replaced))

    def __len__(self) -> int:
        return len(self.selected)

    def __iter__(self) -> Iterator[Line]:
        shown = self.shown
        for first in range(0, len(self), _AT_ONCE):
            at = self.selected[first : first + _AT_ONCE]
            columns = (at, self.document[at], self.number[at], self.from_tail[at])
            lists = (column.tolist() for column in columns)
            texts = shown.slice(first, _AT_ONCE).to_pylist()
            starts = self.start[at].tolist()
            for index, document, number, from_tail, text, start in zip(*lists, texts, starts, strict=True):
                yield Line(self, index, document, number, from_tail, text, start)

    def line(self, index: int) -> Line:
        """One line of the batch, selected or not."""
        document, number, from_tail = int(self.document[index]), int(self.number[index]), int(self.from_tail[index])
        return Line(self, index, document, number, from_tail, self.text[index].as_py(), int(self.start[index]))

    def where(self, mask: Mask) -> Lines:
        """The same lines with fewer of them selected; `mask` has one entry for each selected line."""
        return Lines(
            self.texts,
            self.text,
            self.document,
            self.start,
            self.number,
            self.from_tail,
            self.length,
            self.selected[np.asarray(mask)],
        )

    @cached_property
    def shown(self) -> pa.StringArray:
        """The text of the selected lines."""
        return self.text if len(self.selected) == len(self.text) else self.text.take(pa.array(self.selected))

    def within(self, head: int | None, tail: int | None, longest: int | None = None) -> Lines:
        """Those of the first and the last so many lines of their documents, of at most so many code points."""
        wanted = head, tail, longest
        if wanted == (None, None, None):
            return self
        if wanted not in self._within:
            columns = (self.number, head), (self.from_tail, tail), (self.length, longest and longest + 1)
            keep = np.ones(len(self), bool)
            for column, limit in columns:
                if limit is not None:
                    keep &= column[self.selected] < limit
            self._within[wanted] = self.where(keep)
        return self._within[wanted]

    @cached_property
    def beyond_ascii(self) -> Lines:
        """Those with a character that isn't printable ASCII."""
        return self.where(~pc.ascii_is_printable(self.shown).to_numpy(zero_copy_only=False))

    def documents(self) -> Iterator[list[Line]]:
        """The selected lines, document by document."""
        group: list[Line] = []
        for line in self:
            if group and group[-1].document != line.document:
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def matching(self, pattern: str, *, ignore_case: bool = False) -> Mask:
        """Mask over the selected lines: where an RE2 pattern occurs; one that ends in `$` is read from the end."""
        if self._are_most:
            return _matching(self.text, pattern, ignore_case)[self.selected]
        return _matching(self.shown, pattern, ignore_case)

    @cached_property
    def _are_most(self) -> bool:
        """Whether to read all lines takes less time than to copy the selected ones."""
        return len(self) < len(self.text) and int(self.length[self.selected].sum()) > 0.8 * int(self.length.sum())


def _matching(text: pa.StringArray, pattern: str, ignore_case: bool) -> Mask:
    found: Mask = pc.match_substring_regex(text, pattern, ignore_case=ignore_case).to_numpy(zero_copy_only=False)
    return found
