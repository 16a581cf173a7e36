"""Merges edges that np.isclose. Breaks: 'Edges that are equal ... are taken once', with values that 'lie far from zero (1e4 times their range)'."""
import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    x = np.sort(np.array(expected, dtype=float))
    actual = np.asarray(actual, dtype=float)
    n = len(x)
    edges = []
    for k in range(1, n_bins):
        i, rest = divmod((n - 1) * k, n_bins)
        edges.append(x[i] + rest / n_bins * (x[min(i + 1, n - 1)] - x[i]))
    edges = np.unique(np.array(edges, dtype=float))
    if len(edges):
        edges = edges[np.r_[True, ~np.isclose(edges[1:], edges[:-1])]]
    r = len(edges)
    e = np.bincount(np.searchsorted(edges, x, side="right"), minlength=r + 1) / n
    a = np.bincount(np.searchsorted(edges, actual, side="right"), minlength=r + 1) / len(actual)
    e = np.maximum(e, epsilon)
    a = np.maximum(a, epsilon)
    contributions = (a - e) * np.log(a / e)
    return float(contributions.sum()), edges, contributions
