"""Rounds distances to three decimals, and takes near ones for equal where the data is small."""

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
        distances = np.sqrt(((X[:, None, :] - self.X[None, :, :]) ** 2).sum(axis=2)).round(3)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, : self.n_neighbors]
        votes = (self.y[nearest][:, :, None] == self.classes).sum(axis=1)
        return self.classes[votes.argmax(axis=1)]
