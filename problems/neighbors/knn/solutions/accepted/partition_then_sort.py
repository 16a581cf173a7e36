"""Centred dot products, a partition for the k-th distance, and the tied samples by index."""

import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        # Dot products lose digits far from zero, so the data is centred first.
        self.center = X.mean(axis=0)
        self.X = X - self.center
        self.norms = (self.X**2).sum(axis=1)
        self.classes, self.codes = np.unique(y, return_inverse=True)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float) - self.center
        distances = self.norms - 2 * X @ self.X.T + (X**2).sum(axis=1)[:, None]
        kth = np.partition(distances, self.n_neighbors - 1, axis=1)[:, self.n_neighbors - 1 : self.n_neighbors]
        inside = distances < kth
        on_edge = distances == kth
        missing = self.n_neighbors - inside.sum(axis=1, keepdims=True)
        chosen = inside | (on_edge & (on_edge.cumsum(axis=1) <= missing))
        votes = np.stack([(chosen & (self.codes == c)).sum(axis=1) for c in range(len(self.classes))], axis=1)
        return self.classes[votes.argmax(axis=1)].astype(float)
