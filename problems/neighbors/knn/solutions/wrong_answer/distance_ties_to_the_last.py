"""Prefers the later of two samples at the same distance."""

import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        self.X = np.array(X, dtype=float)
        self.y = np.array(y)
        self.classes = np.unique(self.y)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        distances = ((X[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)
        order = np.argsort(distances[:, ::-1], axis=1, kind="stable")
        nearest = (len(self.X) - 1 - order)[:, : self.n_neighbors]
        votes = (self.y[nearest][:, :, None] == self.classes).sum(axis=1)
        return self.classes[votes.argmax(axis=1)]
