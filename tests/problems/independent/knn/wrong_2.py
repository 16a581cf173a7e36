"""argpartition takes any of several samples at the same distance, not the earliest."""
import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        self._X = np.array(X, dtype=np.float64)
        self._y = np.array(y)
        return self

    def predict(self, X):
        out = []
        for q in np.asarray(X, dtype=np.float64):
            d = ((self._X - q) ** 2).sum(axis=1)
            near = np.argpartition(d, self.n_neighbors - 1)[: self.n_neighbors]
            labels, counts = np.unique(self._y[near], return_counts=True)
            out.append(labels[np.argmax(counts)])
        return np.array(out, dtype=self._y.dtype)
