"""Counts of lines and paragraphs: Gopher's and FineWeb's."""

from __future__ import annotations

import numpy as np

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import BREAK, END, SPACE, Characters, Codes, Kinds, Numbers
from curation.quality.published.kernels.counting import Hashes, add_up, duplicates, places, weights

NAMES = (
    "hashes",
    "ellipses",
    "newlines",
    "gopher_lines",
    "bullets",
    "trailing",
    "paragraphs",
    "repeated_paragraphs",
    "repeated_paragraph_characters",
    "lines",
    "repeated_lines",
    "repeated_line_characters",
    "inked_lines",
    "ended",
    "short",
    "repeated_inked_characters",
)
_HASH, _POINT, _ELLIPSIS, _BULLET, _DASH, _NEWLINE, _RETURN = (ord(one) for one in "#.…•-\n\r")
#: characters of a line that FineWeb calls short
_SHORT = 30


def count_lines(texts: Characters) -> dict[str, Numbers]:
    """For each text what NAMES list.

    `gopher_lines` are those of ``str.splitlines``, of which some begin with a bullet or end in dots; `lines` stand
    between line breaks, blank lines left out within the text but not around it; `inked_lines` hold more than blanks.
    """
    counts = np.zeros((len(NAMES), len(texts)), np.int64)
    there, back = weights(1 << texts.longest.bit_length())
    _count(texts.codes, texts.kinds, texts.offsets, texts.longest, there, back, counts)
    return dict(zip(NAMES, counts, strict=True))


@compiled
def _count(
    codes: Codes, kinds: Kinds, offsets: Numbers, longest: int, there: Hashes, back: Hashes, counts: Numbers
) -> None:
    table = np.empty(places(longest + 2), np.uint64)
    breaks, starts, stops = np.empty((3, longest + 2), np.int64)
    sums = np.empty(longest + 1, np.uint64)
    for text in range(len(offsets) - 1):
        start, stop = offsets[text], offsets[text + 1]
        add_up(codes, start, stop, there, sums)
        column = counts[:, text]
        size = _symbols(codes, start, stop, breaks, column)
        _gopher_lines(codes, kinds, start, stop, column)
        n = _paragraphs(kinds, start, stop, breaks, size, starts, stops)
        column[6] = n
        column[7], column[8] = duplicates(sums, back, starts, stops, n, table)
        n = _lines(breaks, size, starts, stops)
        column[9] = n
        column[10], column[11] = duplicates(sums, back, starts, stops, n, table)
        n = _inked_lines(kinds, start, breaks, size, starts, stops, column)
        column[12] = n
        column[15] = duplicates(sums, back, starts, stops, n, table)[1]


@compiled
def _symbols(codes: Codes, start: int, stop: int, breaks: Numbers, column: Numbers) -> int:
    """Counts #, ellipses (three points are one) and line breaks; where these stand, and behind them the end."""
    hashes, ellipses, newlines, points = 0, 0, 0, 0
    for i in range(start, stop):
        code = codes[i]
        hashes += code == _HASH
        points = points + 1 if code == _POINT else 0
        ellipses += code == _ELLIPSIS or points == 3
        points = 0 if points == 3 else points
        if code == _NEWLINE:
            breaks[newlines] = i - start
            newlines += 1
    breaks[newlines] = stop - start
    column[0], column[1], column[2] = hashes, ellipses, newlines
    return newlines


@compiled
def _gopher_lines(codes: Codes, kinds: Kinds, start: int, stop: int, column: Numbers) -> None:
    """Counts the lines of ``str.splitlines``, those that begin with a bullet and those that trail off."""
    i = start
    while i < stop:
        line = i
        while i < stop and not kinds[i] & BREAK:
            i += 1
        column[3] += 1
        first, last = line, i - 1
        while first <= last and kinds[first] & SPACE:
            first += 1
        while last >= first and kinds[last] & SPACE:
            last -= 1
        if first <= last:
            column[4] += codes[first] == _BULLET or codes[first] == _DASH
            points = last - 2 >= first and codes[last] == _POINT and codes[last - 1] == _POINT
            column[5] += codes[last] == _ELLIPSIS or (points and codes[last - 2] == _POINT)
        i += 2 if i + 1 < stop and codes[i] == _RETURN and codes[i + 1] == _NEWLINE else 1


@compiled
def _paragraphs(
    kinds: Kinds, start: int, stop: int, breaks: Numbers, size: int, starts: Numbers, stops: Numbers
) -> int:
    """What stands between two or more line breaks, blanks around the text aside; an empty text is one."""
    first, last = 0, stop - start
    while first < last and kinds[start + first] & SPACE:
        first += 1
    while last > first and kinds[start + last - 1] & SPACE:
        last -= 1
    n, i = 0, 0
    starts[0] = first
    while i < size:
        run = i
        while run + 1 < size and breaks[run + 1] == breaks[run] + 1:
            run += 1
        if run > i and first <= breaks[i] < last:
            stops[n] = breaks[i]
            n += 1
            starts[n] = breaks[run] + 1
        i = run + 1
    stops[n] = last
    return n + 1


@compiled
def _lines(breaks: Numbers, size: int, starts: Numbers, stops: Numbers) -> int:
    """What stands between one or more line breaks; before the first and behind the last may be nothing."""
    n = 0
    starts[0] = 0
    for i in range(size):
        if i == 0 or breaks[i] > breaks[i - 1] + 1:
            stops[n] = breaks[i]
            n += 1
        starts[n] = breaks[i] + 1
    stops[n] = breaks[size]
    return n + 1


@compiled
def _inked_lines(
    kinds: Kinds, start: int, breaks: Numbers, size: int, starts: Numbers, stops: Numbers, column: Numbers
) -> int:
    """The lines that hold more than blanks; counts those that end a sentence and those that are short."""
    n, line = 0, 0
    for i in range(size + 1):
        end, ink = breaks[i], line
        while ink < end and kinds[start + ink] & SPACE:
            ink += 1
        if ink < end:
            starts[n], stops[n] = line, end
            n += 1
            column[13] += (kinds[start + end - 1] & END) != 0
            column[14] += end - line <= _SHORT
        line = end + 1
    return n
