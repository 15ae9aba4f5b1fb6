"""Which labels are taken for each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from curation.annotation.agreement.votes import Ints

if TYPE_CHECKING:
    from curation.annotation.agreement.cases import Answers

SCHEMA = pa.schema(
    [
        pa.field("question", pa.string(), False),
        pa.field("value", pa.string()),
        pa.field("other", pa.string()),
        pa.field("n", pa.int64(), False),
        pa.field("share", pa.float64(), False),
    ]
)


def confusion(answers: Answers) -> pa.Table:
    """What one person says where another says `value`: over all ordered pairs of answers to one unit.

    `share` is that of `other` among all pairs with this `value`. Where several labels may be given, a label that both
    gave stands with itself, and one that only one gave with each label that the other gave instead; with null where
    there is none. Of passages `n` counts code points, and null is what is not marked.
    """
    first, second = answers.votes.pairs()
    n_kinds = max(len(answers.votes.values), 1)
    code = answers.votes.value[first] * n_kinds + answers.votes.value[second]
    weight = (answers.votes.weights * answers.votes.repeats)[answers.votes.unit[first]]
    pairs, place = np.unique(code, return_inverse=True)
    counts = np.bincount(place, weight, len(pairs)).astype(np.int64)
    labels = answers.ballots.labels
    counted: Counter[tuple[int, int]] = Counter()
    for a, b, n in zip(pairs // n_kinds, pairs % n_kinds, counts, strict=True):
        held = (_held(answers, a), _held(answers, b))
        for one, other in (held, held[::-1]):
            for pair in _laid_beside(one, other):
                counted[pair] += int(n)
    total: Counter[int] = Counter()
    for (label, _), n in counted.items():
        total[label] += n
    # null, which is -1, comes last
    order = sorted(counted, key=lambda pair: [place % (len(labels) + 1) for place in pair])
    names = (*labels, None)
    rows = [
        {
            "question": answers.ballots.question,
            "value": names[a],
            "other": names[b],
            "n": counted[a, b],
            "share": counted[a, b] / total[a],
        }
        for a, b in order
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _held(answers: Answers, kind: Ints) -> set[int]:
    if answers.sets is None:
        return {int(kind)}
    members = answers.sets.members
    return set(members.indices[members.indptr[kind] : members.indptr[kind + 1]].tolist())


def _laid_beside(one: set[int], other: set[int]) -> list[tuple[int, int]]:
    """The labels of one answer with what the other says instead; -1 is nothing.

    >>> _laid_beside({0, 1}, {1, 2}), _laid_beside({0}, {0, 3}), _laid_beside(set(), set())
    ([(1, 1), (0, 2)], [(0, 0), (-1, 3)], [(-1, -1)])
    """
    same = [(label, label) for label in sorted(one & other)]
    if one == other:
        return same or [(-1, -1)]
    return same + [(a, b) for a in sorted(one - other) or [-1] for b in sorted(other - one) or [-1]]
