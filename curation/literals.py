"""Which lines hold which literals: one pass over a batch for all rules of a step (Aho and Corasick, 1975)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

#: bytes of text searched at once: what is found there is held as a list
_SLICE = 1 << 20


class Literals:
    """Groups of lower-case strings, looked for together, whatever the case of the text (of its ASCII letters).

    >>> wanted = Literals([["baca juga", "simak"], ["iklan"]])
    >>> wanted.find(pa.array(["BACA JUGA: Iklan", "Air surut", "Simak"])).tolist()
    [[True, False, True], [True, False, False]]
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        strings = sorted({string for group in groups for string in group})
        number = {string: n for n, string in enumerate(strings)}
        #: strings × groups: what a string's line is marked for
        self.member = np.zeros((len(strings), len(groups)), bool)
        for g, group in enumerate(groups):
            self.member[[number[string] for string in group], g] = True
        self.automaton: BytesAhoCorasick = BytesAhoCorasick(
            [string.encode() for string in strings], implementation=Implementation.DFA
        )

    def find(self, texts: pa.StringArray) -> npt.NDArray[np.bool_]:
        """Groups × texts: whether a text holds a string of the group."""
        found = np.zeros((self.member.shape[1], len(texts)), bool)
        if not len(texts):
            return found
        lower = pc.ascii_lower(texts)  # twenty times as fast as all of Unicode
        _, offsets, data = lower.buffers()
        start = np.frombuffer(offsets, np.int32, len(lower) + 1, lower.offset * 4).astype(np.int64)
        letters = np.frombuffer(data, np.uint8)
        first = 0
        while first < len(texts):
            last = max(first + 1, int(np.searchsorted(start, start[first] + _SLICE, "right")) - 1)
            matches = self.automaton.find_matches_as_indexes(letters[start[first] : start[last]].data, overlapping=True)
            if matches:
                numbers = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches))
                string, begin, end = numbers.reshape(-1, 3).T
                line = np.searchsorted(start, begin + start[first], "right") - 1
                inside = end + start[first] <= start[line + 1]  # not across two lines
                pairs = np.unique(line[inside] * len(self.member) + string[inside])
                line, string = np.divmod(pairs, len(self.member))
                for group, concerned in zip(found, self.member[string].T, strict=True):
                    group[line[concerned]] = True
            first = last
        return found


@lru_cache(maxsize=16)
def literals(groups: tuple[tuple[str, ...], ...]) -> Literals:
    """The same, made once for each set of rules."""
    return Literals(groups)
