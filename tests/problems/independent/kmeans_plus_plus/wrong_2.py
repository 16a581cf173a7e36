"""Calculates in float32."""
import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    X = np.asarray(X, dtype=np.float32)
    n = len(X)
    chosen = [int(draws[0] * n)]
    d = ((X - X[chosen[0]]) ** 2).sum(axis=1)
    for k in range(1, n_clusters):
        c = np.cumsum(d)
        i = int(np.argmax(c / c[-1] > draws[k]))
        chosen.append(i)
        d = np.minimum(d, ((X - X[i]) ** 2).sum(axis=1))
    return np.array(chosen, dtype=int)
