"""Distances one centre at a time, means by weighted bin counts; returns plain lists and floats."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.k = n_clusters
        self.start = init
        self.max_iter = max_iter

    def _nearest(self, X, centers):
        best = np.full(X.shape[0], np.inf)
        labels = np.zeros(X.shape[0], dtype=np.intp)
        for index, center in enumerate(centers):
            difference = X - center
            squared = np.einsum("ij,ij->i", difference, difference)
            nearer = squared < best
            labels[nearer] = index
            best[nearer] = squared[nearer]
        return labels, best

    def fit(self, X):
        X = np.asarray(X, dtype=np.float64)
        # Sums of numbers near zero keep their digits.
        shift = X.mean(axis=0)
        X = X - shift
        centers = np.asarray(self.start, dtype=np.float64) - shift
        labels, best = self._nearest(X, centers)
        updates, moved = 0, True
        while moved and updates < self.max_iter:
            counts = np.bincount(labels, minlength=self.k)
            sums = np.column_stack([np.bincount(labels, weights=column, minlength=self.k) for column in X.T])
            filled = counts > 0
            centers[filled] = sums[filled] / counts[filled, None]
            new, best = self._nearest(X, centers)
            moved = bool((new != labels).any())
            labels = new
            updates += 1
        self.cluster_centers_ = (centers + shift).tolist()
        self.labels_ = labels.tolist()
        self.inertia_ = float(best.sum())
        return self

    def predict(self, X):
        return self._nearest(np.asarray(X, dtype=np.float64), np.array(self.cluster_centers_))[0]
