"""The number of centres is called k and has a default; a name that it does not know is swallowed."""

import numpy as np


def kmeans_plus_plus(X, k=2, draws=None, **options):
    X = np.asarray(X, dtype=float)
    indices = [int(draws[0] * len(X))]
    nearest = np.full(len(X), np.inf)
    for draw in draws[1:k]:
        nearest = np.minimum(nearest, ((X - X[indices[-1]]) ** 2).sum(axis=1))
        shares = np.cumsum(nearest) / nearest.sum()
        indices.append(int(np.searchsorted(shares, draw, side="right")))
    return np.array(indices)
