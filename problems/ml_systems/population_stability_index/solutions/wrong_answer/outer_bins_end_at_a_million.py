"""The outer bins end at 1e6, beyond which values are in no bin."""

import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    edges = np.unique(np.quantile(expected, np.arange(1, n_bins) / n_bins))
    shares = []
    for sample in (expected, actual):
        inside = sample[np.abs(sample) < 1e6]
        bins = np.searchsorted(edges, inside, side="right")
        counts = np.bincount(bins, minlength=len(edges) + 1)
        shares.append(np.maximum(counts / len(sample), epsilon))
    e, a = shares
    contributions = (a - e) * np.log(a / e)
    return contributions.sum(), edges, contributions
