"""Adds new training data to the old when fit is called again."""

import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        X, y = np.array(X, dtype=float), np.array(y)
        self.X = np.vstack([self.X, X]) if hasattr(self, "X") else X
        self.y = np.concatenate([self.y, y]) if hasattr(self, "y") else y
        self.classes = np.unique(self.y)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        distances = ((X[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, : self.n_neighbors]
        votes = (self.y[nearest][:, :, None] == self.classes).sum(axis=1)
        return self.classes[votes.argmax(axis=1)]
