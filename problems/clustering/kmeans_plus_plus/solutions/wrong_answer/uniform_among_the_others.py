"""Draws with equal probabilities among the samples that are no centre yet."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest > 0) / (nearest > 0).sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
