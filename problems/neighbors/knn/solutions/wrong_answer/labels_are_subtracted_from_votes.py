"""Settles ties by subtracting a share of the label from its votes, which rounding swallows for large labels."""

import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        self.X, self.y = np.asarray(X, dtype=np.float64).copy(), np.asarray(y).copy()
        return self

    def predict(self, X):
        return [self._one(query) for query in np.asarray(X, dtype=np.float64)]

    def _one(self, query):
        distances = np.linalg.norm(self.X - query, axis=1)
        order = np.lexsort((np.arange(len(distances)), distances))
        labels, counts = np.unique(self.y[order[: self.n_neighbors]], return_counts=True)
        return int(labels[::-1][np.argmax((counts - labels / (4.0 * np.abs(labels).max() + 1.0))[::-1])])
