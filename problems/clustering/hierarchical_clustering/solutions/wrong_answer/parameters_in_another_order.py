"""linkage comes before n_clusters, which is another interface."""

import numpy as np


class AgglomerativeClustering:
    def __init__(self, linkage="average", n_clusters=2):
        self.n_clusters = n_clusters
        self.linkage = linkage

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        n = len(X)
        D = np.sqrt(((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2))
        np.fill_diagonal(D, np.inf)
        number = np.arange(n)
        size = np.ones(n)
        labels = np.arange(n)
        self.children_ = np.zeros((n - 1, 2), dtype=int)
        self.heights_ = np.zeros(n - 1)
        self.labels_ = labels.copy()
        for t in range(n - 1):
            a, b = np.unravel_index(np.argmin(D), D.shape)
            height = D[a, b]
            self.children_[t] = sorted((number[a], number[b]))
            self.heights_[t] = height
            merged = self._update(D[a], D[b], height, size[a], size[b], size)
            D[a], D[:, a] = merged, merged
            D[a, a] = np.inf
            D[b], D[:, b] = np.inf, np.inf
            labels[labels == labels[b]] = labels[a]
            number[a], size[a], size[b] = n + t, size[a] + size[b], 0
            if n - t - 1 == self.n_clusters:
                self.labels_ = labels.copy()
        return self

    def _update(self, to_a, to_b, height, n_a, n_b, sizes):
        if self.linkage == "single":
            return np.minimum(to_a, to_b)
        if self.linkage == "complete":
            return np.maximum(to_a, to_b)
        if self.linkage == "average":
            return (n_a * to_a + n_b * to_b) / (n_a + n_b)
        total = (n_a + sizes) * to_a**2 + (n_b + sizes) * to_b**2 - sizes * height**2
        return np.sqrt(np.maximum(total, 0.0) / (n_a + n_b + sizes))
