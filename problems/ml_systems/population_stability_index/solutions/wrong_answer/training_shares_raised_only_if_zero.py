"""Of the training sample only empty bins are raised to epsilon, not shares that are merely smaller."""

import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    edges = np.unique(np.quantile(expected, np.arange(1, n_bins) / n_bins))
    shares = []
    for sample in (expected, actual):
        bins = np.searchsorted(edges, sample, side="right")
        counts = np.bincount(bins, minlength=len(edges) + 1)
        shares.append(np.maximum(counts / len(sample), epsilon))
    e, a = shares
    n = np.bincount(np.searchsorted(edges, expected, side='right'), minlength=len(edges) + 1) / len(expected)
    e = np.where(n == 0, epsilon, n)
    contributions = (a - e) * np.log(a / e)
    return contributions.sum(), edges, contributions
