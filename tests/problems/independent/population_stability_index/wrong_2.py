"""A value equal to an edge goes into the bin below."""
import numpy as np


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    x = np.sort(np.asarray(expected, dtype=float))
    n = len(x)
    edges = []
    for k in range(1, n_bins):
        i, rest = divmod((n - 1) * k, n_bins)
        edge = x[i]
        if rest:
            edge = x[i] + rest / n_bins * (x[i + 1] - x[i])
        edges.append(edge)
    edges = np.unique(np.array(edges, dtype=float))

    def share(v):
        b = np.searchsorted(edges, np.asarray(v, dtype=float), side="left")
        return np.maximum(np.bincount(b, minlength=len(edges) + 1) / len(v), epsilon)

    e, a = share(x), share(actual)
    terms = (a - e) * np.log(a / e)
    return float(terms.sum()), edges, terms
