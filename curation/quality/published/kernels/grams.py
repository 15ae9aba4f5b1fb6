"""Gopher's counts of repeated word n-grams."""

from __future__ import annotations

import numpy as np

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import Characters, Codes, Numbers
from curation.quality.published.kernels.counting import (
    SPREAD,
    Hashes,
    mixed,
    most_frequent,
    places,
    repeated,
    weights,
)
from curation.quality.published.kernels.tokens import Tokens

TOP = (2, 3, 4)
REPEATED = (5, 6, 7, 8, 9, 10)
_ZERO, _ONE = np.uint64(0), np.uint64(1)


def count_grams(texts: Characters, tokens: Tokens) -> dict[str, Numbers]:
    """For each text and n the characters of what repeats itself.

    `top_N`: the most frequent n-gram, joined by blanks, times how often it occurs; -1 where the text has no n tokens.
    `repeated_N`: all n-grams that were there before, joined without blanks, none of them overlapping the one before.
    """
    counts = np.zeros((len(TOP) + len(REPEATED), len(texts)), np.int64)
    there, back = weights(1 << texts.longest.bit_length())
    _count(texts.codes, tokens.starts, tokens.stops, tokens.offsets, tokens.most, there, back, counts)
    return dict(zip([f"top_{n}" for n in TOP] + [f"repeated_{n}" for n in REPEATED], counts, strict=True))


@compiled
def _count(
    codes: Codes,
    starts: Numbers,
    stops: Numbers,
    offsets: Numbers,
    most: int,
    there: Hashes,
    back: Hashes,
    counts: Numbers,
) -> None:
    length = places(most)
    table, times, firsts = np.empty(length, np.uint64), np.empty(length, np.int64), np.empty(length, np.int64)
    # of each token where it begins in the joined text, the sum up to there, and what moves it to the front
    at, sums, front = np.empty(most + 1, np.int64), np.empty(most + 1, np.uint64), np.empty(most + 1, np.uint64)
    words, grams = np.empty(most, np.uint64), np.empty(most, np.uint64)
    for text in range(len(offsets) - 1):
        first, size = offsets[text], offsets[text + 1] - offsets[text]
        place, total = 0, _ZERO
        for i in range(size):
            at[i], sums[i], front[i] = place, total, back[place]
            for k in range(starts[first + i], stops[first + i]):
                total += there[place] * (np.uint64(codes[k]) + _ONE)
                place += 1
            words[i] = mixed((total - sums[i]) * front[i])
            grams[i] = words[i]
        at[size], sums[size] = place, total
        for row in range(len(TOP)):
            width = row + TOP[0]
            n = size - width + 1
            for i in range(n):
                grams[i] = grams[i] * SPREAD + words[i + width - 1]
            best, often = most_frequent(grams, max(n, 0), table, times, firsts)
            counts[row, text] = often * (at[best + width] - at[best] + width - 1) if n > 0 else -1
        for row in range(len(REPEATED)):
            counts[len(TOP) + row, text] = repeated(sums, front, at, size, row + REPEATED[0], table)
