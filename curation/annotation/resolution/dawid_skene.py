"""Dawid and Skene's model: how often each annotator takes which label for which, and what the labels really are.

Dawid and Skene (1979), Maximum likelihood estimation of observer error-rates using the EM algorithm, Applied Statistics
28. Every annotator has a matrix of chances to say one label where another is true; labels and matrices are found
together, starting from the shares of votes, which makes the result the same every time. A hundredth of a vote is added
to every cell (MAP instead of maximum likelihood), so that what nobody did in a small sample is unlikely, and not
impossible.

With two annotators there is no majority to learn from: report agreement, and adjudicate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: votes added to each cell of the annotators' matrices
PRIOR = 0.01
#: it has converged when no unit's probabilities change by more
TOLERANCE = 1e-6
MOST_STEPS = 1000


@dataclass(frozen=True)
class Fit:
    """What the model found.

    Attributes:
        posterior: units × labels, each row adds up to 1.
        confusion: annotators × true labels × labels given; each row adds up to 1.
        share: of each label.
        steps: of EM.
        converged: whether the last step changed next to nothing.
        log_likelihood: of the votes, with the prior, after each step; it never falls.
    """

    posterior: Floats
    confusion: Floats
    share: Floats
    steps: int
    converged: bool
    log_likelihood: tuple[float, ...]


def fit(unit: Ints, annotator: Ints, label: Ints, n_labels: int) -> Fit:
    """Fit the model to votes; annotators may have answered any part of the units.

    Args:
        unit: of each vote, its unit: 0, 1, 2 ..., each with a vote.
        annotator: of each vote, who gave it: 0, 1, 2 ...
        label: of each vote, the label.
        n_labels: labels that may be given.

    >>> votes = np.array([[0, 0, 0, 1], [1, 1, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0]])
    >>> unit, annotator = np.divmod(np.arange(votes.size), 4)
    >>> found = fit(unit, annotator, votes.ravel(), 2)
    >>> found.posterior.argmax(axis=1), found.converged
    (array([0, 1, 0, 1, 0]), True)
    """
    from scipy.sparse import csr_array

    n_units, n_annotators = int(unit.max(initial=-1)) + 1, int(annotator.max(initial=-1)) + 1
    said = csr_array((np.ones(len(unit)), (unit, annotator * n_labels + label)), (n_units, n_annotators * n_labels))
    turned = said.T.tocsr()
    shares = said @ np.tile(np.eye(n_labels), (n_annotators, 1))
    posterior: Floats = shares / shares.sum(axis=1, keepdims=True)
    likelihoods: list[float] = []
    confusion, share, converged = np.empty((0, n_labels, n_labels)), np.empty(n_labels), not n_units
    while n_units and not converged and len(likelihoods) < MOST_STEPS:
        counts = (turned @ posterior).reshape(n_annotators, n_labels, n_labels).transpose(0, 2, 1) + PRIOR
        confusion = counts / counts.sum(axis=2, keepdims=True)
        share = posterior.sum(axis=0) + PRIOR
        share /= share.sum()
        logs = np.log(confusion)
        joint = said @ logs.transpose(0, 2, 1).reshape(-1, n_labels) + np.log(share)
        top = joint.max(axis=1, keepdims=True)
        weights = np.exp(joint - top)
        total = weights.sum(axis=1, keepdims=True)
        likelihood = (np.log(total) + top).sum() + PRIOR * (logs.sum() + np.log(share).sum())
        likelihoods.append(float(likelihood))
        new = weights / total
        converged = bool(np.abs(new - posterior).max() < TOLERANCE)
        posterior = new
    return Fit(posterior, confusion, share, len(likelihoods), converged, tuple(likelihoods))
