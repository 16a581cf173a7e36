"""Centres are kept in the class, shared by all instances; predict of an earlier object uses the later one's centres ('index of the nearest centre')."""
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
        for _ in range(self.max_iter):
            for k in range(self.n_clusters):
                mine = labels == k
                if mine.any():
                    centers[k] = X[mine].mean(axis=0)
            d = self.distances(X, centers)
            new = d.argmin(axis=1)
            done = np.array_equal(new, labels)
            labels = new
            if done:
                break
        type(self).cluster_centers_ = centers
        self.labels_ = labels
        self.inertia_ = float(d.min(axis=1).sum())
        return self

    def predict(self, X):
        return self.distances(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)
