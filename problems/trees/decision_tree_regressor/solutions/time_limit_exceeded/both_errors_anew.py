"""Computes both errors anew for every threshold, so that the work grows with the square of the samples."""

import numpy as np


class DecisionTreeRegressor:
    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        self.root = self._grow(np.asarray(X, dtype=float), np.asarray(y, dtype=float), 0)
        return self

    def _grow(self, X, y, depth):
        is_deep = self.max_depth is not None and depth >= self.max_depth
        if is_deep or len(y) < self.min_samples_split or y.min() == y.max():
            return y.mean()
        best, split = np.inf, None
        for feature in range(X.shape[1]):
            values = np.unique(X[:, feature])
            for threshold in (values[:-1] + values[1:]) / 2:
                left = X[:, feature] <= threshold
                if min(left.sum(), (~left).sum()) < self.min_samples_leaf:
                    continue
                error = self._error(y[left]) + self._error(y[~left])
                if error < best:
                    best, split = error, (feature, threshold)
        if split is None:
            return y.mean()
        feature, threshold = split
        left = X[:, feature] <= threshold
        return (
            feature,
            threshold,
            self._grow(X[left], y[left], depth + 1),
            self._grow(X[~left], y[~left], depth + 1),
        )

    @staticmethod
    def _error(y):
        return ((y - y.mean()) ** 2).sum()

    def predict(self, X):
        return np.array([self._descend(x) for x in np.asarray(X, dtype=float)])

    def _descend(self, x):
        node = self.root
        while isinstance(node, tuple):
            feature, threshold, left, right = node
            node = left if x[feature] <= threshold else right
        return node
