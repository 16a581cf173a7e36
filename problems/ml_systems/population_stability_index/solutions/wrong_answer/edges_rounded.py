"""Rounds edges to ten digits after the point, which is too few where the range is small."""

import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    edges = np.unique(np.round(np.quantile(expected, np.arange(1, n_bins) / n_bins), 10))
    shares = []
    for sample in (expected, actual):
        bins = np.searchsorted(edges, sample, side="right")
        counts = np.bincount(bins, minlength=len(edges) + 1)
        shares.append(np.maximum(counts / len(sample), epsilon))
    e, a = shares
    contributions = (a - e) * np.log(a / e)
    return contributions.sum(), edges, contributions
