"""Who copies whom: the truth of an invented corpus, made before any text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]

RELATIONS = ("original", "exact", "edited", "lead_only", "truncated", "aggregator", "update", "template", "rewrite")
ORIGINAL, EXACT, EDITED, LEAD_ONLY, TRUNCATED, AGGREGATOR, UPDATE, TEMPLATE, REWRITE = range(9)

#: Shares of the documents, in %; the rest are single stories.
CLUSTERED, FRAMED = 30, 5
AGGREGATORS, UPDATES, REWRITES = 1, 1, 1

#: Copies by relation, exact to truncated.
_COPIES = (0.2, 0.5, 0.12, 0.18)
#: Sizes of clusters, two to eight, and a few large ones.
_SIZES = (0.45, 0.22, 0.13, 0.08, 0.06, 0.035, 0.0235)
_LARGE = 0.0015


class Plan(NamedTuple):
    """One row a document. `order[i]` is the row that stands at place i of the corpus.

    `source` is the row that a document was made from (-1: none; of an aggregator the first one); `frame` is the number
    of a template's frame, else -1; `held` are the rows that each aggregator holds, two or three (-1), beginning with
    row `first_aggregator`.
    """

    story: Rows
    relation: npt.NDArray[np.int8]
    source: npt.NDArray[np.int32]
    frame: npt.NDArray[np.int32]
    held: Rows
    first_aggregator: int
    order: Rows


def plan(count: int, seed: int) -> Plan:
    """The truth of a corpus of `count` documents; takes some 50 bytes a document while it is made."""
    draw = np.random.default_rng(seed)
    clustered, framed = count * CLUSTERED // 100, count * FRAMED // 100
    aggregators, updates, rewrites = (count * share // 100 for share in (AGGREGATORS, UPDATES, REWRITES))
    single = count - clustered - framed - aggregators - updates - rewrites
    cluster = _groups(draw, clustered, _cluster_sizes(draw, clustered))
    n_stories = single + (int(cluster[-1]) + 1 if clustered else 0)
    is_original = np.diff(cluster, prepend=-1) > 0
    originals = np.concatenate([np.arange(single), single + np.flatnonzero(is_original)])
    copies = np.where(is_original, ORIGINAL, EXACT + draw.choice(4, clustered, p=_COPIES))

    story = np.full(count, -1, np.int64)
    relation = np.full(count, ORIGINAL, np.int8)
    source = np.full(count, -1, np.int32)
    frame = np.full(count, -1, np.int32)
    story[:single] = np.arange(single)
    place = slice(single, single + clustered)
    story[place] = single + cluster
    relation[place] = copies
    source[place] = np.where(is_original, -1, originals[single:][cluster] if clustered else -1)

    first_aggregator = single + clustered
    start = first_aggregator
    held = originals[draw.integers(0, n_stories, (aggregators, 3))]
    held[draw.random(aggregators) < 0.6, 2] = -1
    for kind, number, made_from in (
        (AGGREGATOR, aggregators, held[:, 0]),
        (UPDATE, updates, originals[draw.integers(0, n_stories, updates)]),
        (REWRITE, rewrites, originals[draw.integers(0, n_stories, rewrites)]),
    ):
        place = slice(start, start + number)
        relation[place], source[place], story[place] = kind, made_from, story[made_from]
        start += number
    relation[start:] = TEMPLATE
    pages = np.rint(20 * 10 ** draw.random(framed // 20 + 1)).astype(np.int64)
    frame[start:] = _groups(draw, framed, pages)
    return Plan(story, relation, source, frame, held, first_aggregator, draw.permutation(count))


def _cluster_sizes(draw: np.random.Generator, members: int) -> Rows:
    """Sizes of more clusters than are needed."""
    sizes = draw.choice(np.arange(2, 10), members // 2 + 1, p=[*_SIZES, _LARGE])
    return np.where(sizes == 9, draw.integers(50, 121, len(sizes)), sizes)


def _groups(draw: np.random.Generator, members: int, sizes: Rows) -> Rows:
    """The number of the group of each member, in order; the last group is cut."""
    return np.repeat(np.arange(len(sizes)), sizes)[:members]
