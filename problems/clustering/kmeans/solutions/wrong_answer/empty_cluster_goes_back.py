"""A centre that has lost its samples goes back to where it started, instead of staying where it is."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        centers = np.array(self.init, dtype=float)
        labels = self._distances(X, centers).argmin(axis=1)
        for _ in range(self.max_iter):
            for k in range(self.n_clusters):
                members = X[labels == k]
                if len(members):
                    centers[k] = members.mean(axis=0)
                else:
                    centers[k] = self.init[k]
            previous = labels
            labels = self._distances(X, centers).argmin(axis=1)
            if (labels == previous).all():
                break
        self.cluster_centers_ = centers
        self.labels_ = labels
        self.inertia_ = self._distances(X, centers).min(axis=1).sum()
        return self

    def predict(self, X):
        return self._distances(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)

    @staticmethod
    def _distances(X, centers):
        return ((X[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
