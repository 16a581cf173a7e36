"""fit replaces max_depth=None by the number of samples of the first fit. Breaks: max_depth=None means no limit; fit can be called again on other data."""

import numpy as np


class DecisionTreeClassifier:
    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = max_depth
        self.criterion = criterion
        self.min_samples_split = min_samples_split

    def _impurity(self, counts, n):
        p = counts / n[:, None]
        if self.criterion == "gini":
            return 1 - (p * p).sum(axis=1)
        return -(p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=1)

    def _split(self, X, c):
        n = len(c)
        best = None
        best_gain = -np.inf
        onehot = np.zeros((n, len(self.labels)))
        onehot[np.arange(n), c] = 1
        total = onehot.sum(axis=0)
        root = self._impurity(total[None], np.array([n]))[0]
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            x = X[order, j]
            at = np.flatnonzero(x[1:] > x[:-1])
            if not len(at):
                continue
            left = np.cumsum(onehot[order], axis=0)[at]
            nl = at + 1.0
            nr = n - nl
            gain = root - nl / n * self._impurity(left, nl) - nr / n * self._impurity(total - left, nr)
            k = int(np.argmax(gain))
            if gain[k] > best_gain:
                best_gain = gain[k]
                lo, hi = x[at[k]], x[at[k] + 1]
                mid = lo + (hi - lo) / 2
                t = mid if mid < hi else lo
                best = (j, t)
        return best

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y)
        self.labels, code = np.unique(y, return_inverse=True)
        if self.max_depth is None:
            self.max_depth = len(y) - 1
        self.nodes = []
        self._grow(X, code, 0)
        return self

    def _grow(self, X, c, depth):
        me = len(self.nodes)
        counts = np.bincount(c, minlength=len(self.labels))
        self.nodes.append([None, None, None, None, self.labels[np.argmax(counts)]])
        if self.max_depth is not None and depth >= self.max_depth:
            return me
        if len(c) < self.min_samples_split or (counts > 0).sum() == 1:
            return me
        s = self._split(X, c)
        if s is None:
            return me
        go = X[:, s[0]] <= s[1]
        self.nodes[me][:2] = s
        self.nodes[me][2] = self._grow(X[go], c[go], depth + 1)
        self.nodes[me][3] = self._grow(X[~go], c[~go], depth + 1)
        return me

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        out = np.zeros(len(X), dtype=self.labels.dtype)
        for i, r in enumerate(X):
            k = 0
            while self.nodes[k][0] is not None:
                k = self.nodes[k][2 if r[self.nodes[k][0]] <= self.nodes[k][1] else 3]
            out[i] = self.nodes[k][4]
        return out
