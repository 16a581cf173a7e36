"""Adds 1e-12 to the sum so as never to divide by zero, and then the shares do not reach 1 where distances are small."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest) / (nearest.sum() + 1e-12)
        indices.append(min(int(np.searchsorted(shares, draw, side="right")), len(X) - 1))
    return np.array(indices)
