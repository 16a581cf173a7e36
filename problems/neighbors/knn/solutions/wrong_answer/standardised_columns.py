"""Standardises the columns first."""

import numpy as np


class KNeighborsClassifier:
    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        self.X = np.array(X, dtype=float)
        self.y = np.array(y)
        self.mean, self.scale = self.X.mean(axis=0), self.X.std(axis=0) + 1e-12
        self.X = (self.X - self.mean) / self.scale
        self.classes = np.unique(self.y)
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        X = (X - self.mean) / self.scale
        distances = ((X[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, : self.n_neighbors]
        votes = (self.y[nearest][:, :, None] == self.classes).sum(axis=1)
        return self.classes[votes.argmax(axis=1)]
