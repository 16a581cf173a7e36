"""A Python loop over samples and centres: right, and hundreds of times too slow."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter

    def _nearest(self, X):
        labels, total = [], 0.0
        for x in X:
            distances = [float(((x - center) ** 2).sum()) for center in self.cluster_centers_]
            labels.append(distances.index(min(distances)))
            total += min(distances)
        return np.array(labels), total

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.cluster_centers_ = np.array(self.init, dtype=float)
        labels, _ = self._nearest(X)
        for _ in range(self.max_iter):
            for k in range(self.n_clusters):
                if (labels == k).any():
                    self.cluster_centers_[k] = X[labels == k].mean(axis=0)
            previous = labels
            labels, _ = self._nearest(X)
            if (labels == previous).all():
                break
        self.labels_, self.inertia_ = self._nearest(X)
        return self

    def predict(self, X):
        return self._nearest(np.asarray(X, dtype=float))[0]
