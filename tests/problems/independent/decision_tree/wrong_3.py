"""A node with exactly min_samples_split samples is not split."""
import numpy as np


class DecisionTreeClassifier:
    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = max_depth
        self.criterion = criterion
        self.min_samples_split = min_samples_split

    def _impurity(self, counts):
        p = counts / counts.sum(axis=-1, keepdims=True)
        if self.criterion == "gini":
            return 1 - (p ** 2).sum(axis=-1)
        return -(p * np.log2(np.where(p > 0, p, 1))).sum(axis=-1)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(np.asarray(y), return_inverse=True)
        self._onehot = np.eye(len(self.classes_))[codes.ravel()]
        self.tree_ = self._grow(X, np.arange(len(X)), 0)
        del self._onehot
        return self

    def _grow(self, X, rows, depth):
        counts = self._onehot[rows].sum(axis=0)
        leaf = self.classes_[np.argmax(counts)]
        n = len(rows)
        if depth == self.max_depth or n <= self.min_samples_split and n > 2 or counts.max() == n:
            return leaf
        best = None
        for j in range(X.shape[1]):
            col = X[rows, j]
            order = np.argsort(col, kind="stable")
            v = col[order]
            cut = np.flatnonzero(v[:-1] < v[1:])
            if len(cut) == 0:
                continue
            left = np.cumsum(self._onehot[rows[order]], axis=0)[cut]
            nl = cut + 1.0
            cost = nl * self._impurity(left) + (n - nl) * self._impurity(counts - left)
            k = np.argmin(cost)
            if best is None or cost[k] < best[0]:
                lo, hi = v[cut[k]], v[cut[k] + 1]
                t = lo + (hi - lo) / 2
                if not lo <= t < hi:
                    t = lo
                best = (cost[k], j, t)
        if best is None:
            return leaf
        _, j, t = best
        go = X[rows, j] <= t
        return (j, t, self._grow(X, rows[go], depth + 1), self._grow(X, rows[~go], depth + 1))

    def predict(self, X):
        out = []
        for x in np.asarray(X, dtype=float):
            node = self.tree_
            while isinstance(node, tuple):
                node = node[2] if x[node[0]] <= node[1] else node[3]
            out.append(node)
        return np.array(out)
