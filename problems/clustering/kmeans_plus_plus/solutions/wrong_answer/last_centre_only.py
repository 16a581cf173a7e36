"""Looks at the distance to the centre chosen last instead of the nearest one."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = ((X - X[indices[-1]]) ** 2).sum(axis=1)
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
