"""Weights, resampling, calibration and thresholds for classes of unequal size.

Source: A. Dal Pozzolo, O. Caelen, R. Johnson and G. Bontempi, Calibrating
probability with undersampling for unbalanced classification, 2015, for the
correction; C. Elkan, The foundations of cost-sensitive learning, 2001, for
thresholds.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def balanced_weights(y: Array) -> Array:
    """Return n / (2 n_k) for each sample; `y` has shape (n,), zeros and ones, both of which occur."""
    shares = np.array([(y == 0).mean(), (y == 1).mean()])
    return 0.5 / shares[y]


def resampled(y: Array, positives: int, negatives: float, draws: Array) -> Array:
    """Return ascending indices: each positive `positives` times, and negatives whose draw is below `negatives`."""
    kept = np.flatnonzero((y == 0) & (draws < negatives))
    return np.sort(np.concatenate([kept, np.tile(np.flatnonzero(y == 1), positives)]))


def recalibrated(p: Array, positives: int, negatives: float) -> Array:
    """Return probabilities whose odds are those of `p` times negatives / positives; shape (n,)."""
    return p * negatives / (p * negatives + (1.0 - p) * positives)


def costs_of_thresholds(y: Array, p: Array, cost_fp: float, cost_fn: float) -> tuple[Array, Array]:
    """Return the candidates, descending from infinity, and the total cost of calling `p >= candidate` positive."""
    candidates = np.append(math.inf, np.unique(p)[::-1])
    # Sorted scores tell by a binary search how many of a class are at or above a candidate.
    wasted = (y == 0).sum() - np.searchsorted(np.sort(p[y == 0]), candidates)
    missed = np.searchsorted(np.sort(p[y == 1]), candidates)
    return candidates, cost_fp * wasted + cost_fn * missed
