"""np.allclose decides that targets are equal: targets 10000 and 10000.0625 become one leaf; 'all its targets are equal' (targets may lie 100 times their spread from zero)."""
import numpy as np


class DecisionTreeRegressor:
    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        self.tree_ = self._grow(X, y, 0)
        return self

    def _grow(self, X, y, depth):
        leaf = float(np.mean(y))
        if self.max_depth is not None and depth >= self.max_depth:
            return leaf
        if len(y) < self.min_samples_split or np.allclose(y, y[0]):
            return leaf
        best = self._best(X, y)
        if best is None:
            return leaf
        j, t = best
        left = X[:, j] <= t
        return j, t, self._grow(X[left], y[left], depth + 1), self._grow(X[~left], y[~left], depth + 1)

    def _best(self, X, y):
        n = len(y)
        r = y - y.mean()
        total = r.sum()
        least = max(1, self.min_samples_leaf)
        best, top = None, -np.inf
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            x = X[order, j]
            s = np.cumsum(r[order])[:-1]
            k = np.arange(1, n)
            ok = (x[1:] != x[:-1]) & (k >= least) & (n - k >= least)
            if not ok.any():
                continue
            gain = np.where(ok, s * s / k + (total - s) ** 2 / (n - k) - total * total / n, -np.inf)
            i = int(np.argmax(gain))
            if gain[i] > top:
                top = gain[i]
                t = x[i] / 2 + x[i + 1] / 2
                if not x[i] <= t < x[i + 1]:
                    t = x[i]
                best = j, t
        return best

    def predict(self, X):
        out = np.empty(len(X))
        for i, row in enumerate(np.asarray(X, dtype=float)):
            node = self.tree_
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            out[i] = node
        return out
