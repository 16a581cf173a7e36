"""Stops when the residuals are all zero, so that staged_predict has fewer rows. Breaks "F_1, ..., F_T, shape (n_estimators, n_queries)"."""
import numpy as np


class GradientBoostingRegressor:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        self.base = y.mean()
        self.trees = []
        F = np.full(len(y), self.base)
        for _ in range(self.n_estimators):
            r = y - F
            if self.trees and not np.any(r):
                break
            tree = self._grow(X, r, 0)
            self.trees.append(tree)
            F = F + self.learning_rate * self._tree_predict(tree, X)
        return self

    def _split(self, X, r):
        n = len(r)
        c = r - r.mean()
        best, answer = np.inf, None
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            x, t = X[order, j], c[order]
            for k in range(1, n):
                if x[k] == x[k - 1]:
                    continue
                if k < self.min_samples_leaf or n - k < self.min_samples_leaf:
                    continue
                left, right = t[:k], t[k:]
                error = ((left - left.mean()) ** 2).sum() + ((right - right.mean()) ** 2).sum()
                if error < best:
                    best, answer = error, (j, (x[k - 1] + x[k]) / 2)
        return answer

    def _grow(self, X, r, depth):
        if depth == self.max_depth or np.all(r == r[0]):
            return r.mean()
        split = self._split(X, r)
        if split is None:
            return r.mean()
        j, s = split
        left = X[:, j] <= s
        return (j, s, self._grow(X[left], r[left], depth + 1), self._grow(X[~left], r[~left], depth + 1))

    def _tree_predict(self, tree, X):
        out = np.empty(len(X))
        for i, x in enumerate(X):
            node = tree
            while isinstance(node, tuple):
                node = node[2] if x[node[0]] <= node[1] else node[3]
            out[i] = node
        return out

    def staged_predict(self, X):
        X = np.asarray(X, dtype=float)
        F = np.full(len(X), self.base)
        stages = []
        for tree in self.trees:
            F = F + self.learning_rate * self._tree_predict(tree, X)
            stages.append(F)
        return np.array(stages)

    def predict(self, X):
        return self.staged_predict(X)[-1]
