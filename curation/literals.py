"""Which lines hold which literals: one pass over a batch for all rules of a step (Aho and Corasick, 1975)."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ahocorasick_rs import BytesAhoCorasick

Numbers = npt.NDArray[np.int64]

#: bytes of text searched at once: what is found there is held as a list
_SLICE = 1 << 20
#: so few strings are looked for with vector instructions, many times as fast, but without those that overlap others
_FEW = 24


class Literals:
    """Groups of lower-case strings, looked for together, whatever the case of the text (of its ASCII letters).

    >>> wanted = Literals([["baca juga", "simak"], ["iklan"]])
    >>> wanted.find(pa.array(["BACA JUGA: Iklan", "Air surut", "Simak"])).tolist()
    [[True, False, True], [True, False, False]]
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        strings = sorted({string for group in groups for string in group})
        number = {string: n for n, string in enumerate(strings)}
        #: strings × groups: what a string's line is marked for
        self.member = np.zeros((len(strings), len(groups)), bool)
        for g, group in enumerate(groups):
            self.member[[number[string] for string in group], g] = True
        letters = [string.encode() for string in strings]
        self.automaton = BytesAhoCorasick(letters, implementation=Implementation.DFA)
        #: finds the lines that are worth its while
        self.scout: BytesAhoCorasick | None = None
        if len(letters) <= _FEW and all(len(string) > 1 for string in letters):
            self.scout = BytesAhoCorasick(letters, MatchKind.LeftmostFirst, implementation=Implementation.DFA)

    def find(self, texts: pa.StringArray) -> npt.NDArray[np.bool_]:
        """Groups × texts: whether a text holds a string of the group."""
        found = np.zeros((self.member.shape[1], len(texts)), bool)
        lower = pc.ascii_lower(texts)  # twenty times as fast as all of Unicode
        lines: Numbers = np.arange(len(texts))
        if self.scout is not None:
            lines = _touched(self.scout, lower)
            lower = lower.take(pa.array(lines))
        for string, first, last in _matches(self.automaton, lower, overlapping=True):
            inside = first == last
            pairs = np.unique(first[inside] * len(self.member) + string[inside])
            line, string = np.divmod(pairs, len(self.member))
            for group, concerned in zip(found, self.member[string].T, strict=True):
                group[lines[line[concerned]]] = True
        return found


def _touched(scout: BytesAhoCorasick, texts: pa.StringArray) -> Numbers:
    """The lines over which a match reaches; one that it hides overlaps it and so is in them, too."""
    depth = np.zeros(len(texts) + 1, np.int64)
    for _, first, last in _matches(scout, texts, overlapping=False):
        depth += np.bincount(first, minlength=len(depth)) - np.bincount(last + 1, minlength=len(depth))
    return np.flatnonzero(np.cumsum(depth[:-1]))


def _matches(
    automaton: BytesAhoCorasick, texts: pa.StringArray, *, overlapping: bool
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """The matches in lines set end to end, slice by slice: number of the string, its first line and its last."""
    if not len(texts):
        return
    _, offsets, data = texts.buffers()
    start = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * 4).astype(np.int64)
    letters = np.frombuffer(data, np.uint8)
    here = 0
    while here < len(texts):
        stop = max(here + 1, int(np.searchsorted(start, start[here] + _SLICE, "right")) - 1)
        matches = automaton.find_matches_as_indexes(letters[start[here] : start[stop]].data, overlapping=overlapping)
        if matches:
            numbers = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches))
            string, begin, end = numbers.reshape(-1, 3).T
            first, last = (np.searchsorted(start, at + start[here], "right") - 1 for at in (begin, end - 1))
            yield string, first, last
        here = stop


@lru_cache(maxsize=16)
def literals(groups: tuple[tuple[str, ...], ...]) -> Literals:
    """The same, made once for each set of rules."""
    return Literals(groups)
