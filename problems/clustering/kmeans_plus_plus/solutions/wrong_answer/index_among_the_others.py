"""Counts the index among the samples that are left instead of among all."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        nearest[indices] = 0.0
        left = np.delete(nearest, indices)
        shares = np.cumsum(left) / left.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
