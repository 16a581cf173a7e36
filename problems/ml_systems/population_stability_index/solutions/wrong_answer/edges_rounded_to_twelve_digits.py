"""Rounds edges to twelve digits so that equal ones are equal: a repeated value then lies beside its edge, not on it."""

import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    edges = np.unique(np.round(np.quantile(expected, np.arange(1, n_bins) / n_bins), 12))
    shares = []
    for sample in (expected, actual):
        bins = np.searchsorted(edges, sample, side="right")
        counts = np.bincount(bins, minlength=len(edges) + 1)
        shares.append(np.maximum(counts / len(sample), epsilon))
    e, a = shares
    contributions = (a - e) * np.log(a / e)
    return contributions.sum(), edges, contributions
