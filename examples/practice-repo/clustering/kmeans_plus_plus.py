"""Starting centres far from each other."""

import numpy as np


def kmeans_plus_plus(X, n_clusters, draws):
    chosen = [int(draws[0] * len(X))]
    distances = np.sum((X - X[chosen[0]]) ** 2, axis=1)
    while len(chosen) < n_clusters:
        # The draw falls into one sample's share of the sum of squared distances.
        ends = np.cumsum(distances)
        chosen.append(int(np.searchsorted(ends, draws[len(chosen)] * ends[-1], side="right")))
        distances = np.minimum(distances, np.sum((X - X[chosen[-1]]) ** 2, axis=1))
    return np.array(chosen)
