"""Percent agreement, Krippendorff's alpha, the kappas of Fleiss and Cohen, Gwet's AC1: values are equal or not.

Notation: a unit u has m votes, m_k of them for value k; r = Σ m_k (m_k - 1) / (m (m - 1)) is the share of pairs of
its votes that are equal. What can't be computed is NaN in here, and a reason in words outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from curation.annotation.agreement.estimate import Coefficient
from curation.annotation.agreement.votes import Bools, Floats, Votes

if TYPE_CHECKING:
    from collections.abc import Callable


def answered_twice(votes: Votes) -> Bools:
    """Units with two votes or more."""
    return votes.sizes >= 2


def shared_with(annotator: int) -> Callable[[Votes], Bools]:
    """Units that an annotator and somebody else answered."""

    def used(votes: Votes) -> Bools:
        own = np.zeros(votes.n_units, np.bool_)
        own[votes.unit[votes.annotator == annotator]] = True
        return own & answered_twice(votes)

    return used


#: why a comparison with the others is undefined
ALONE = "nobody else answered the same units"


def divide(a: Floats, b: Floats) -> Floats:
    """The quotient; NaN where the divisor is 0."""
    quotient: Floats = np.divide(a, b, out=np.full(np.broadcast(a, b).shape, np.nan), where=b != 0)
    return quotient


def columns(*parts: Any) -> Any:
    """Columns and sparse blocks beside each other."""
    from scipy.sparse import csr_array, hstack

    return hstack([csr_array(part[:, None]) if part.ndim == 1 else part for part in parts], format="csr")


def scaled(block: Any, by: Floats) -> Any:
    """A sparse block with each row multiplied."""
    from scipy.sparse import diags_array

    return diags_array(by) @ block


def same_label(votes: Votes) -> str:
    """Why a coefficient is undefined that corrects for chance."""
    label = votes.values[votes.value[(votes.sizes >= 2)[votes.unit]][0]]
    if votes.values[:1] == ("other",):
        said = "nobody gave this label" if label == "other" else "everybody always gave this label"
    else:
        said = f"everybody gave the same label ({label})"
    return f"{said}: chance agreement is 1, which leaves nothing to measure"


# -- percent ------------------------------------------------------------------------------------------


def _percent_terms(votes: Votes, used: Bools) -> Any:
    weight = votes.weights * used
    return columns(weight * votes.agreement, weight)


def _percent(sums: Floats) -> Floats:
    return divide(sums[:, 0], sums[:, 1])


#: Mean over units of r.
PERCENT = Coefficient("percent", answered_twice, _percent_terms, _percent, lambda votes: "no unit has two answers")


# -- Krippendorff -------------------------------------------------------------------------------------


def _alpha_terms(votes: Votes, used: Bools) -> Any:
    size = votes.weights * used * votes.sizes
    return columns(size, size * (1 - votes.agreement), scaled(votes.counts, votes.weights * used))


def _alpha(sums: Floats) -> Floats:
    n, disagreement, each = sums[:, 0], sums[:, 1], sums[:, 2:]
    return 1 - divide((n - 1) * disagreement, n**2 - (each**2).sum(axis=1))


#: 1 - D_o / D_e with D_o = Σ m (1 - r) / n and D_e = Σ n_k (n - n_k) / (n (n - 1)) over the n votes that can be paired.
#: Krippendorff (2019), Content Analysis, 4th edition, chapter 12.
ALPHA = Coefficient("krippendorff_alpha", answered_twice, _alpha_terms, _alpha, same_label)


# -- Fleiss -------------------------------------------------------------------------------------------


def usual_size(votes: Votes) -> int:
    """The number of votes that most units have, of two or more; of equally frequent ones the larger."""
    sizes = np.bincount(votes.sizes, votes.repeats)[2:]
    return len(sizes) + 1 - int(np.argmax(sizes[::-1])) if len(sizes) else 0


def _fleiss_terms(votes: Votes, used: Bools) -> Any:
    weight = votes.weights * used
    return columns(weight * votes.agreement, weight, scaled(votes.counts, weight))


def _fleiss(sums: Floats) -> Floats:
    observed, n, each = divide(sums[:, 0], sums[:, 1]), sums[:, 1], sums[:, 2:]
    total = each.sum(axis=1)
    chance = divide((each**2).sum(axis=1), total**2)
    return np.where(n > 0, divide(observed - chance, 1 - chance), np.nan)


def fleiss(size: int) -> Coefficient:
    """Fleiss' kappa over the units with this number of votes.

    (P - P_e) / (1 - P_e) with P the mean of r and P_e = Σ p_k². Fleiss (1971), Measuring nominal scale agreement
    among many raters, Psychological Bulletin 76.
    """
    return Coefficient("fleiss_kappa", lambda votes: votes.sizes == size, _fleiss_terms, _fleiss, _same_of(size))


def _same_of(size: int) -> Any:
    return lambda votes: same_label(votes.where((votes.sizes == size)[votes.unit]))


# -- Cohen -------------------------------------------------------------------------------------------


def common(votes: Votes) -> list[tuple[int, int]]:
    """Every two annotators who answered the same unit.

    >>> from curation.annotation.agreement.votes import votes
    >>> common(votes([0, 0, 1, 1], [0, 2, 0, 1], [0, 1, 0, 0], ("no", "yes"), ("a01", "a02", "a03")))
    [(0, 1), (0, 2)]
    """
    first, second = votes.pairs()
    n = len(votes.annotators)
    found = np.unique(votes.annotator[first] * n + votes.annotator[second])
    return [(int(pair // n), int(pair % n)) for pair in found]


def cohen(n_values: int) -> Coefficient:
    """Cohen's kappa; of several pairs of annotators the plain mean of those that are defined.

    (P - P_e) / (1 - P_e) with P_e = Σ a_k b_k from the shares that each of the two gives. Cohen (1960), A coefficient
    of agreement for nominal scales, Educational and Psychological Measurement 20; the mean: Light (1971), Measures of
    response agreement for qualitative data, Psychological Bulletin 76.
    """
    return Coefficient(
        "cohen_kappa", answered_twice, _cohen_terms, lambda sums: _mean_kappa(sums, n_values), _undefined_of_pairs
    )


def _cohen_terms(votes: Votes, used: Bools) -> Any:
    """For every pair of annotators: units, equal answers, and how often each of both gave each value."""
    from scipy.sparse import csr_array

    first, second = votes.pairs()
    n_values = len(votes.values)
    found, pair = np.unique(
        votes.annotator[first] * len(votes.annotators) + votes.annotator[second], return_inverse=True
    )
    weight = votes.weights[votes.unit[first]]
    a, b = votes.value[first], votes.value[second]
    places = [np.zeros_like(a), np.ones_like(a), 2 + a, 2 + n_values + b]
    amounts = np.concatenate([weight, weight * (a == b), weight, weight])
    width = 2 + 2 * n_values
    column = np.concatenate([pair * width + place for place in places])
    return csr_array((amounts, (np.tile(votes.unit[first], 4), column)), (votes.n_units, len(found) * width))


def _mean_kappa(sums: Floats, n_values: int) -> Floats:
    each = sums.reshape(len(sums), -1, 2 + 2 * n_values)
    n, equal, a, b = each[..., 0], each[..., 1], each[..., 2 : 2 + n_values], each[..., 2 + n_values :]
    chance = (a * b).sum(axis=-1)
    kappas = divide(n * equal - chance, n**2 - chance)
    known = ~np.isnan(kappas)
    return divide(np.where(known, kappas, 0.0).sum(axis=1), known.sum(axis=1).astype(float))


def _undefined_of_pairs(votes: Votes) -> str:
    if len(np.unique(votes.value[(votes.sizes >= 2)[votes.unit]])) == 1:
        return same_label(votes)
    return "each two gave one and the same label to all that both answered: chance agreement is 1"


# -- Gwet ---------------------------------------------------------------------------------------------


def _ac1_terms(votes: Votes, used: Bools) -> Any:
    weight = votes.weights * used
    answered = votes.weights * (votes.sizes > 0)
    shares = divide(answered, votes.sizes.astype(float))
    return columns(weight * votes.agreement, weight, scaled(votes.counts, np.nan_to_num(shares)))


def _ac1(sums: Floats) -> Floats:
    observed, each = divide(sums[:, 0], sums[:, 1]), sums[:, 2:]
    if each.shape[1] < 2:
        return np.full(len(sums), np.nan)
    share = divide(each, each.sum(axis=1)[:, None])
    chance = (share * (1 - share)).sum(axis=1) / (each.shape[1] - 1)
    return divide(observed - chance, 1 - chance)


#: (P - P_e) / (1 - P_e) with P_e = Σ π_k (1 - π_k) / (q - 1): π_k is the mean share of k over all units answered, q the
#: number of values that may be given. Gwet (2008), Computing inter-rater reliability and its variance in the presence
#: of high agreement, British Journal of Mathematical and Statistical Psychology 61.
AC1 = Coefficient(
    "gwet_ac1",
    answered_twice,
    _ac1_terms,
    _ac1,
    lambda votes: f"there is one value only ({votes.values[0]}): no other could have been given",
)
