"""Takes the squared distance to the farthest centre instead of the nearest."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.zeros(len(X))
    for draw in draws[1:n_clusters]:
        nearest = np.maximum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
