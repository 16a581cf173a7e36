"""Stops when the inertia falls by less than a millionth of itself."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter

    def _squares(self, X, centers):
        return ((X[:, None, :] - centers[None]) ** 2).sum(axis=2)

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        centers = np.array(self.init, dtype=float)
        before = np.inf
        for _ in range(self.max_iter):
            labels = self._squares(X, centers).argmin(axis=1)
            centers = np.array([X[labels == k].mean(axis=0) if (labels == k).any() else centers[k] for k in range(self.n_clusters)])
            inertia = self._squares(X, centers).min(axis=1).sum()
            if abs(before - inertia) <= 1e-6 * inertia:
                break
            before = inertia
        squares = self._squares(X, centers)
        self.cluster_centers_, self.labels_, self.inertia_ = centers, squares.argmin(axis=1), squares.min(axis=1).sum()
        return self

    def predict(self, X):
        return self._squares(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)
