"""Stops when the centres moved by less than a share of the data's variance."""

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
        tolerance = 1e-6 * X.var(axis=0).mean()
        for _ in range(self.max_iter):
            labels = self._squares(X, centers).argmin(axis=1)
            moved = np.array([X[labels == k].mean(axis=0) if (labels == k).any() else centers[k] for k in range(self.n_clusters)])
            shift = ((moved - centers) ** 2).sum()
            centers = moved
            if shift <= tolerance:
                break
        squares = self._squares(X, centers)
        self.cluster_centers_, self.labels_, self.inertia_ = centers, squares.argmin(axis=1), squares.min(axis=1).sum()
        return self

    def predict(self, X):
        return self._squares(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)
