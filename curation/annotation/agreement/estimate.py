"""A coefficient with its interval, or the reason why it has none.

Every coefficient here is a function of sums over units. So a bootstrap sample is nothing but other weights of the
units, and all samples are one product of matrices (Efron and Tibshirani 1993, percentile intervals).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curation.annotation.agreement.votes import Bools, Floats, Ints, Votes

#: share of the bootstrap samples that the interval holds
COVERED = 0.95
#: sums of a coefficient, such as those of very many pairs of annotators, from which on no samples are drawn
WIDEST = 50_000
#: numbers that are held at once while samples are drawn
BLOCK = 4_000_000


@dataclass(frozen=True)
class Coefficient:
    """A coefficient: what is summed over units, and what is made of the sums."""

    name: str
    #: which units count
    used: Callable[[Votes], Bools]
    #: what is summed: a sparse matrix, units × sums
    terms: Callable[[Votes, Bools], Any]
    #: samples × sums → one value a sample, NaN where it is undefined
    value: Callable[[Floats], Floats]
    #: why it is undefined on units that were answered twice
    undefined: Callable[[Votes], str]


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; where there is no value, `note` says why."""

    coefficient: str
    value: float | None
    low: float | None
    high: float | None
    n_units: int
    n_answers: int
    n_annotators: int
    note: str


def estimates(
    votes: Votes, coefficients: Sequence[Coefficient], *, resamples: int = 1000, seed: int = 1
) -> list[Estimate]:
    """Values and intervals on the same bootstrap samples.

    Args:
        votes: the answers to one question.
        coefficients: what to compute.
        resamples: bootstrap samples; 0: no intervals.
        seed: the same seed draws the same samples, whatever the order of rows.
    """
    reason = nothing_to_compare(votes)
    masks = [coefficient.used(votes) for coefficient in coefficients]
    if reason:
        return [_estimate(c, votes, mask, None, None, reason) for c, mask in zip(coefficients, masks, strict=True)]
    kinds = votes.distinct()
    together = _together(kinds)
    # turned, so that sums are a product with the weights of units
    terms = [(together @ c.terms(kinds, c.used(kinds))).T.tocsr() for c in coefficients]
    times = kinds.repeats if votes.group is None else np.ones(together.shape[0], np.int64)
    values = [c.value((t @ times.astype(float))[None])[0] for c, t in zip(coefficients, terms, strict=True)]
    drawn: list[list[Floats]] = [[] for _ in coefficients]
    narrow = [n for n, t in enumerate(terms) if t.shape[0] <= WIDEST]
    if resamples and times.sum() > 1 and narrow:
        for weights in samples(times, resamples, seed, max(terms[n].shape[0] for n in narrow)):
            turned = weights.T.astype(float)
            for n in narrow:
                drawn[n].append(coefficients[n].value((terms[n] @ turned).T))
    notes = ["" if n in narrow or not resamples else "too many pairs to draw an interval" for n in range(len(terms))]
    return [
        _estimate(c, votes, mask, float(value), np.concatenate([np.empty(0), *parts]), "", note)
        for c, mask, value, parts, note in zip(coefficients, masks, values, drawn, notes, strict=True)
    ]


def _together(votes: Votes) -> Any:
    """What is drawn together, as a sparse matrix: groups × units."""
    from scipy.sparse import csr_array, eye_array

    if votes.group is None:
        return eye_array(votes.n_units, format="csr")
    n_groups = int(votes.group.max(initial=-1)) + 1
    return csr_array((np.ones(votes.n_units), (votes.group, np.arange(votes.n_units))), (n_groups, votes.n_units))


def samples(times: Ints, resamples: int, seed: int, width: int) -> Iterator[Ints]:
    """How often each kind of unit comes in each sample, a block of samples at a time: samples × kinds."""
    random = np.random.default_rng(seed)
    n = int(times.sum())
    kinds = len(times)
    step = max(1, BLOCK // max(kinds, width, 1))
    members = np.repeat(np.arange(kinds), times)
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        # the one draws kinds, the other units: what is quicker depends on how many kinds there are
        if 12 * kinds < n:
            yield random.multinomial(n, times / n, size=count)
        else:
            yield np.stack([np.bincount(members[random.integers(0, n, n)], minlength=kinds) for _ in range(count)])


def nothing_to_compare(votes: Votes) -> str:
    """Why no coefficient can be computed at all; empty where one can be."""
    if not len(votes.unit):
        return "there is no answer"
    if votes.n_annotators < 2:
        return f"only {votes.annotators[votes.annotator[0]]} answered: there is nobody to agree with"
    if votes.sizes.max() < 2:
        return "no unit has two answers"
    return ""


def _estimate(
    coefficient: Coefficient,
    votes: Votes,
    used: Bools,
    value: float | None,
    drawn: Floats | None,
    reason: str,
    remark: str = "",
) -> Estimate:
    mask = used[votes.unit]
    texts = used if votes.group is None else np.unique(votes.group[used])
    n_units = int(votes.repeats[used].sum()) if votes.group is None else len(texts)
    size = (n_units, n_answers(votes, mask), len(np.unique(votes.annotator[mask])))
    if reason or value is None or np.isnan(value):
        note = reason or coefficient.undefined(votes)
        return Estimate(coefficient.name, None, None, None, *size, note)
    low, high, note = interval(drawn)
    return Estimate(coefficient.name, value, low, high, *size, note or remark)


def n_answers(votes: Votes, mask: Bools) -> int:
    """Answers among these votes: what one person marked in a text is one."""
    if votes.group is None:
        return int(votes.repeats[votes.unit[mask]].sum())
    given = votes.group[votes.unit[mask]] * len(votes.annotators) + votes.annotator[mask]
    return len(np.unique(given))


def interval(drawn: Floats | None) -> tuple[float | None, float | None, str]:
    """The percentile interval of bootstrap values, and what to say about it.

    >>> interval(np.array([0.5] * 40))
    (0.5, 0.5, '')
    >>> interval(np.array([0.5] * 30 + [np.nan] * 10))[2]
    'undefined in 10 of 40 bootstrap samples: the interval is that of the others'
    """
    if drawn is None or not len(drawn):
        return None, None, ""
    known = drawn[~np.isnan(drawn)]
    lost = len(drawn) - len(known)
    note = f"undefined in {lost:,} of {len(drawn):,} bootstrap samples: the interval is that of the others"
    if not len(known):
        return None, None, note
    low, high = np.quantile(known, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return float(low), float(high), note if lost else ""
