"""Rounds the first draw times the number of samples to the nearest index instead of down."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [min(round(float(draws[0]) * len(X)), len(X) - 1)]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
