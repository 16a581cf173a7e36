"""A split replaces the best one only if it decreases the error by 1e-8 more, which in small units is much."""

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
        mean = y.mean()
        is_deep = self.max_depth is not None and depth >= self.max_depth
        if is_deep or len(y) < self.min_samples_split or y.min() == y.max():
            return mean
        split = self._best_split(X, y - mean)
        if split is None:
            return mean
        feature, threshold = split
        left = X[:, feature] <= threshold
        return (
            feature,
            threshold,
            self._grow(X[left], y[left], depth + 1),
            self._grow(X[~left], y[~left], depth + 1),
        )

    def _best_split(self, X, y):
        best, split = -1.0, None
        n = len(y)
        for feature in range(X.shape[1]):
            order = X[:, feature].argsort()
            values = X[order, feature]
            n_left = np.arange(1, n)
            allowed = values[:-1] < values[1:]
            allowed &= (n_left >= self.min_samples_leaf) & (n - n_left >= self.min_samples_leaf)
            if not allowed.any():
                continue
            # y sums to zero here, so both sides have sums of equal size.
            sums = y[order].cumsum()[:-1]
            gains = np.where(allowed, sums**2 / n_left + sums**2 / (n - n_left), -np.inf)
            where = gains.argmax()
            if split is None or gains[where] > best + 1e-8:
                best = gains[where]
                split = feature, (values[where] + values[where + 1]) / 2
        return split

    def predict(self, X):
        return np.array([self._descend(x) for x in np.asarray(X, dtype=float)])

    def _descend(self, x):
        node = self.root
        while isinstance(node, tuple):
            feature, threshold, left, right = node
            node = left if x[feature] <= threshold else right
        return node
