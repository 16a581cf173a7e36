"""Lets every sample vote that is as near as the last neighbour, so that more than n_neighbors vote in a tie."""

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
        reach = np.sort(distances, axis=1)[:, self.n_neighbors - 1 : self.n_neighbors]
        votes = np.stack([((distances <= reach) & (self.y == c)).sum(axis=1) for c in self.classes], axis=1)
        return self.classes[votes.argmax(axis=1)]
