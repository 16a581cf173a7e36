"""Adds absolute differences instead of squares."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, np.abs(X - X[indices[-1]]).sum(axis=1) ** 2)
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
