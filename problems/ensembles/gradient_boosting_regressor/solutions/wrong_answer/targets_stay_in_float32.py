"""Targets are summed in the precision they come in: float32 has seven digits."""

import numpy as np


class GradientBoostingRegressor:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        self.start = y.mean()
        self.trees = []
        F = np.full(len(y), self.start)
        for _ in range(self.n_estimators):
            tree = self._grow(X, y - F, 0)
            self.trees.append(tree)
            F = F + self.learning_rate * self._values(tree, X)
        return self

    def _grow(self, X, r, depth):
        if depth == self.max_depth or np.ptp(r) == 0:
            return r.mean()
        best, least = None, np.inf
        for j in range(X.shape[1]):
            values = np.unique(X[:, j])
            for threshold in (values[:-1] + values[1:]) / 2:
                left = X[:, j] <= threshold
                if min(left.sum(), (~left).sum()) < self.min_samples_leaf:
                    continue
                error = ((r[left] - r[left].mean()) ** 2).sum() + ((r[~left] - r[~left].mean()) ** 2).sum()
                if error < least:
                    best, least = (j, threshold), error
        if best is None:
            return r.mean()
        j, threshold = best
        left = X[:, j] <= threshold
        return j, threshold, self._grow(X[left], r[left], depth + 1), self._grow(X[~left], r[~left], depth + 1)

    def _values(self, tree, X):
        if not isinstance(tree, tuple):
            return np.full(len(X), tree)
        j, threshold, left, right = tree
        return np.where(X[:, j] <= threshold, self._values(left, X), self._values(right, X))

    def staged_predict(self, X):
        X = np.asarray(X, dtype=float)
        steps = np.array([self._values(tree, X) for tree in self.trees])
        return self.start + self.learning_rate * np.cumsum(steps, axis=0)

    def predict(self, X):
        return self.staged_predict(X)[-1]
