"""How far a sample has drifted from the one that a model was trained on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stability:
    """The index, the different inner edges (r,), and what each bin adds to the index (r + 1,)."""

    psi: float
    edges: Floats
    contributions: Floats


def population_stability_index(expected: Floats, actual: Floats, n_bins: int = 10, epsilon: float = 1e-4) -> Stability:
    """Return the population stability index over bins between quantiles of `expected`.

    Source: Siddiqi, "Credit Risk Scorecards" (2006), chapter 9. It is the divergence
    of Jeffreys, "Theory of Probability" (1948), section 3.10, of the shares in bins.

    Parameters
    ----------
    expected : ndarray of shape (n_expected,)
        Its quantiles, interpolated linearly, are the edges; equal ones are taken once.
    actual : ndarray of shape (n_actual,)
    n_bins : int
    epsilon : float
        The least share that a bin counts with.
    """
    edges = np.unique(np.quantile(expected, np.arange(1, n_bins) / n_bins))
    before, now = (np.maximum(_shares(values, edges), epsilon) for values in (expected, actual))
    contributions = (now - before) * np.log(now / before)
    return Stability(float(contributions.sum()), edges, contributions)


def _shares(values: Floats, edges: Floats) -> Floats:
    """Return the share of each bin; a value equal to an edge is in the bin above it."""
    is_above = values[:, None] >= edges
    counts = np.bincount(is_above.sum(axis=1), minlength=len(edges) + 1)
    return np.asarray(counts / len(values))
