"""Machine code that splits texts into lines, and puts lines of two tables together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from curation.kernels.blanks import after_blanks, before_blanks, points
from curation.kernels.compiled import compiled
from curation.kernels.strings import Bytes, Offsets, Strings

Integers = npt.NDArray[np.int64]

_LINE_END = 10


class Table(NamedTuple):
    """Lines that are not blank, document by document."""

    text: Strings
    """Without the blank space around them."""
    document: Integers
    start: Integers
    """First code point in the document."""
    number: Integers
    """Lines before it in the document."""
    from_tail: Integers
    """Lines after it in the document."""
    length: Integers
    """Code points."""


def split(texts: Strings) -> Table:
    r"""The lines of texts.

    >>> import pyarrow as pa
    >>> from curation.kernels.strings import strings
    >>> split(strings(pa.array(["Satu\n\n  dua", "é"]))).start.tolist()
    [0, 8, 0]
    """
    breaks = np.flatnonzero(texts.letters == _LINE_END)
    most = len(breaks) + len(texts.start) - 1
    letters, start = np.empty(len(texts.letters), np.uint8), np.zeros(most + 1, np.int32)
    columns = np.empty((5, most), np.int64)
    count = _split(texts, breaks, letters, start, columns)
    return _table(letters, start[: count + 1], columns[:, :count])


def together(old: Table, new: Table, replaced: Integers) -> Table:
    """The lines of documents, those of some of them from another table.

    Args:
        old: the lines of all documents as they were.
        new: the lines of some documents.
        replaced: for each document its number in `new`, or -1.
    """
    most = len(old.document) + len(new.document)
    size = len(old.text.letters) + len(new.text.letters)
    letters, start = np.empty(size, np.uint8), np.zeros(most + 1, np.int32)
    columns = np.empty((5, most), np.int64)
    firsts = np.searchsorted(new.document, np.arange(replaced.max(initial=-1) + 2))
    count = _together(old, new, replaced, firsts, letters, start, columns)
    return _table(letters, start[: count + 1], columns[:, :count])


def _table(letters: Bytes, start: Offsets, columns: Integers) -> Table:
    return Table(Strings(letters[: start[-1]], start), *columns)


@compiled
def _copy(source: Bytes, target: Bytes) -> None:
    for at in range(len(source)):
        target[at] = source[at]


@compiled
def _split(texts: Strings, breaks: Integers, letters: Bytes, start: Offsets, columns: Integers) -> int:
    """Fill the columns of the lines; how many there are."""
    source = texts.letters
    count = size = passed = 0
    while passed < len(breaks) and breaks[passed] < texts.start[0]:
        passed += 1
    for document in range(len(texts.start) - 1):
        here, stop, before, first = int(texts.start[document]), int(texts.start[document + 1]), 0, count
        while here <= stop:
            end = stop
            if passed < len(breaks) and breaks[passed] < stop:
                end = breaks[passed]
                passed += 1
            left = after_blanks(source, here, end)
            right = before_blanks(source, left, end)
            before += points(source[here:left])
            length = 0
            if left < right:
                length = points(source[left:right])
                _copy(source[left:right], letters[size : size + right - left])
                size += right - left
                columns[0, count], columns[1, count] = document, before
                columns[2, count], columns[4, count] = count - first, length
                count += 1
                start[count] = size
            before += length + points(source[right:end]) + 1
            here = end + 1
        for line in range(first, count):
            columns[3, line] = count - 1 - line
    return count


@compiled
def _together(
    old: Table, new: Table, replaced: Integers, firsts: Integers, letters: Bytes, start: Offsets, columns: Integers
) -> int:
    """Fill the columns of the lines; how many there are."""
    count = row = 0
    for document in range(len(replaced)):
        first = row
        while row < len(old.document) and old.document[row] == document:
            row += 1
        number = replaced[document]
        if number < 0:
            count = _add(old, first, row, document, letters, start, columns, count)
        else:
            count = _add(new, firsts[number], firsts[number + 1], document, letters, start, columns, count)
    return count


@compiled
def _add(
    source: Table,
    first: int,
    stop: int,
    document: int,
    letters: Bytes,
    start: Offsets,
    columns: Integers,
    count: int,
) -> int:
    """Add some lines of a table to so many that are there; how many there are then."""
    begin, size = source.text.start[first], start[count]
    for row in range(first, stop):
        columns[0, count], columns[1, count] = document, source.start[row]
        columns[2, count], columns[3, count] = source.number[row], source.from_tail[row]
        columns[4, count] = source.length[row]
        count += 1
        start[count] = size + source.text.start[row + 1] - begin
    _copy(source.text.letters[begin : source.text.start[stop]], letters[size : start[count]])
    return count
