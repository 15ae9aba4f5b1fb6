"""Machine code that meets every string of a set in one pass over texts (Aho and Corasick, 1975)."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled
from curation.kernels.strings import Bytes, Offsets, Strings

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: Parts of a batch that are read in turn: a step waits for the one before it, but not for those of other parts.
_PARTS = 4


class Automaton(NamedTuple):
    """A state is named by the place of its row in the table; the states in which a string ends come last."""

    kinds: Bytes
    """The kind of each byte; capitals of ASCII are of their small letters' kind, bytes of no string of kind 0."""
    width: int
    """Kinds of bytes."""
    table: Rows
    """States × kinds, row by row: the next state."""
    first: np.uint32
    """The first state in which a string ends."""
    bounds: Numbers
    """Which rows of `ended` belong to the first such state, the second ..."""
    ended: Numbers
    """Group and length of a string."""


def automaton(groups: Sequence[Sequence[str]]) -> Automaton:
    """The automaton of groups of lower-case strings.

    >>> made = automaton([["ada", "ad"], ["da"]])
    >>> made.width, len(made.table) // made.width, made.ended.tolist()
    (3, 6, [[0, 2], [1, 2], [0, 3], [1, 2]])
    """
    owners: dict[bytes, list[int]] = {}
    for number, group in enumerate(groups):
        for word in dict.fromkeys(group):
            owners.setdefault(word.encode(), []).append(number)
    letters: list[int] = sorted(set().union(*owners))
    kinds = np.zeros(256, np.uint8)
    kinds[letters] = np.arange(1, len(letters) + 1)
    kinds[ord("A") : ord("Z") + 1] = kinds[ord("a") : ord("z") + 1]
    children: list[dict[int, int]] = [{}]
    ended: list[list[tuple[int, int]]] = [[]]
    for string, numbers in sorted(owners.items()):
        state = 0
        for kind in kinds[list(string)].tolist():
            if kind not in children[state]:
                children[state][kind] = len(children)
                children.append({})
                ended.append([])
            state = children[state][kind]
        ended[state] = [(number, len(string)) for number in numbers]
    # nearest to the root first: each row is that of the longest suffix which is a state, but for its own children
    table = np.zeros((len(children), len(letters) + 1), np.int64)
    suffix, order = [0] * len(children), [0]
    for state in order:
        row = table[state]
        if state:
            row[:] = table[suffix[state]]
        for kind, child in children[state].items():
            if state:
                suffix[child] = int(row[kind])
                ended[child] = ended[child] + ended[suffix[child]]
            row[kind] = child
            order.append(child)
    order.sort(key=lambda state: bool(ended[state]))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) * table.shape[1]
    told = [ended[state] for state in order if ended[state]]
    return Automaton(
        kinds,
        table.shape[1],
        place[table[order]].astype(np.uint32).ravel(),
        np.uint32((len(order) - len(told)) * table.shape[1]),
        np.array([0, *accumulate(map(len, told))]),
        np.array([one for some in told for one in some], np.int64).reshape(-1, 2),
    )


@compiled
def search(texts: Strings, sought: Automaton, found: Mask) -> None:
    """Which texts hold a string of which groups.

    Args:
        texts: of a batch.
        sought: the strings.
        found: groups × texts, is filled.
    """
    letters, start = texts
    kinds, table, first = sought.kinds, sought.table, sought.first
    begin, size = int(start[0]), int(start[-1] - start[0])
    cuts = [int(start[np.searchsorted(start, begin + size * part // _PARTS)]) for part in range(_PARTS + 1)]
    part_1, part_2 = letters[cuts[0] : cuts[1]], letters[cuts[1] : cuts[2]]
    part_3, part_4 = letters[cuts[2] : cuts[3]], letters[cuts[3] : cuts[4]]
    shortest = min(len(part_1), len(part_2), len(part_3), len(part_4))
    state_1 = state_2 = state_3 = state_4 = np.uint32(0)
    for at in range(shortest):
        state_1 = table[state_1 + kinds[part_1[at]]]
        state_2 = table[state_2 + kinds[part_2[at]]]
        state_3 = table[state_3 + kinds[part_3[at]]]
        state_4 = table[state_4 + kinds[part_4[at]]]
        if max(max(state_1, state_2), max(state_3, state_4)) >= first:
            _mark(cuts[0] + at, state_1, start, sought, found)
            _mark(cuts[1] + at, state_2, start, sought, found)
            _mark(cuts[2] + at, state_3, start, sought, found)
            _mark(cuts[3] + at, state_4, start, sought, found)
    # what is left of the longer parts
    rests = (
        (cuts[0] + shortest, cuts[1], state_1),
        (cuts[1] + shortest, cuts[2], state_2),
        (cuts[2] + shortest, cuts[3], state_3),
        (cuts[3] + shortest, cuts[4], state_4),
    )
    for here, stop, state in rests:
        for at in range(here, stop):
            state = table[state + kinds[letters[at]]]
            _mark(at, state, start, sought, found)


@compiled
def _mark(at: int, state: np.uint32, start: Offsets, sought: Automaton, found: Mask) -> None:
    """Mark the groups of the strings that end with a byte, but for those that begin in an earlier text."""
    if state < sought.first:
        return
    text = np.searchsorted(start, at, "right") - 1
    number = (state - sought.first) // sought.width
    for row in range(sought.bounds[number], sought.bounds[number + 1]):
        group, length = sought.ended[row]
        if at + 1 - length >= start[text]:
            found[group, text] = True
