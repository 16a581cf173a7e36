"""Edges that are less than 1e-6 apart are taken once, though they differ."""

import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    edges = np.unique(np.quantile(expected, np.arange(1, n_bins) / n_bins))
    edges = edges[np.concatenate([np.ones(min(1, len(edges)), bool), np.diff(edges) > 1e-6])]
    shares = []
    for sample in (expected, actual):
        bins = np.searchsorted(edges, sample, side="right")
        counts = np.bincount(bins, minlength=len(edges) + 1)
        shares.append(np.maximum(counts / len(sample), epsilon))
    e, a = shares
    contributions = (a - e) * np.log(a / e)
    return contributions.sum(), edges, contributions
