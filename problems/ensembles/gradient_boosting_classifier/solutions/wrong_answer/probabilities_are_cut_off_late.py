"""Keeps the probabilities between 0.0001 and 0.9999: log-odds beyond nine then move on by too little."""

import numpy as np


class GradientBoostingClassifier:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        share = y.mean()
        self.start = np.log(share / (1 - share))
        self.trees = []
        F = np.full(len(y), self.start)
        for _ in range(self.n_estimators):
            p = np.clip(self._sigmoid(F), 1e-4, 1 - 1e-4)
            tree = self._grow(X, y - p, p * (1 - p), 0)
            self.trees.append(tree)
            F = F + self.learning_rate * self._values(tree, X)
        return self

    @staticmethod
    def _sigmoid(F):
        return 1 / (1 + np.exp(-F))

    def _leaf(self, r, h):
        return r.sum() / h.sum()

    def _grow(self, X, r, h, depth):
        if depth == self.max_depth or np.ptp(r) == 0:
            return self._leaf(r, h)
        best, least = None, np.inf
        for j in range(X.shape[1]):
            values = np.unique(X[:, j])
            thresholds = (values[:-1] + values[1:]) / 2
            is_left = X[:, j, None] <= thresholds
            n_left = is_left.sum(axis=0)
            n_right = len(X) - n_left
            left_mean = (is_left * r[:, None]).sum(axis=0) / n_left
            right_mean = (~is_left * r[:, None]).sum(axis=0) / n_right
            errors = ((r[:, None] - np.where(is_left, left_mean, right_mean)) ** 2).sum(axis=0)
            errors[np.minimum(n_left, n_right) < self.min_samples_leaf] = np.inf
            if len(errors) and errors.min() < least:
                best, least = (j, thresholds[errors.argmin()]), errors.min()
        if best is None:
            return self._leaf(r, h)
        j, threshold = best
        left = X[:, j] <= threshold
        below = self._grow(X[left], r[left], h[left], depth + 1)
        above = self._grow(X[~left], r[~left], h[~left], depth + 1)
        return j, threshold, below, above

    def _values(self, tree, X):
        if not isinstance(tree, tuple):
            return np.full(len(X), tree)
        j, threshold, left, right = tree
        return np.where(X[:, j] <= threshold, self._values(left, X), self._values(right, X))

    def staged_decision_function(self, X):
        X = np.asarray(X, dtype=float)
        steps = np.array([self._values(tree, X) for tree in self.trees])
        return self.start + self.learning_rate * np.cumsum(steps, axis=0)

    def decision_function(self, X):
        return self.staged_decision_function(X)[-1]

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)
