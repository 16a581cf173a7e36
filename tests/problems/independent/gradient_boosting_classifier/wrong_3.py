"""Sends samples on the threshold to the right."""
import numpy as np


def _sigmoid(F):
    return np.exp(-np.logaddexp(0, -F))


class GradientBoostingClassifier:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def _grow(self, X, r, h, depth):
        n = len(r)
        leaf = r.sum() / h.sum()
        if depth >= self.max_depth or np.all(r == r[0]):
            return leaf
        best = None
        centred = r - r.mean()
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            x = X[order, j]
            left = np.cumsum(centred[order])
            total = left[-1]
            for i in range(self.min_samples_leaf, n - self.min_samples_leaf + 1):
                if i < 1 or i >= n or x[i] == x[i - 1]:
                    continue
                # minus SSE up to a constant
                gain = left[i - 1] ** 2 / i + (total - left[i - 1]) ** 2 / (n - i)
                if best is None or gain > best[0]:
                    best = (gain, j, (x[i] + x[i - 1]) / 2)
        if best is None:
            return leaf
        _, j, s = best
        m = X[:, j] <= s
        return (j, s, self._grow(X[m], r[m], h[m], depth + 1), self._grow(X[~m], r[~m], h[~m], depth + 1))

    @staticmethod
    def _apply(tree, X):
        out = np.empty(len(X))
        for i, x in enumerate(X):
            node = tree
            while isinstance(node, tuple):
                node = node[2] if x[node[0]] < node[1] else node[3]
            out[i] = node
        return out

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        m = y.mean()
        self.f0_ = np.log(m / (1 - m))
        self.trees_ = []
        F = np.full(len(y), self.f0_)
        for _ in range(self.n_estimators):
            p = _sigmoid(F)
            tree = self._grow(X, y - p, p * (1 - p), 0)
            self.trees_.append(tree)
            F = F + self.learning_rate * self._apply(tree, X)
        return self

    def staged_decision_function(self, X):
        X = np.asarray(X, dtype=float)
        F = np.full(len(X), self.f0_)
        out = np.empty((len(self.trees_), len(X)))
        for t, tree in enumerate(self.trees_):
            F = F + self.learning_rate * self._apply(tree, X)
            out[t] = F
        return out

    def decision_function(self, X):
        return self.staged_decision_function(X)[-1]

    def predict_proba(self, X):
        F = self.decision_function(X)
        return np.column_stack([_sigmoid(-F), _sigmoid(F)])

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)
