"""n_trees is set by the first fit and kept. Breaks: predict_proba is the mean over the trees; fit can be called again on other data."""

import numpy as np


class RandomForestClassifier:
    def __init__(self, max_depth):
        self.max_depth = max_depth

    def fit(self, X, y, samples, features):
        X = np.array(X, dtype=float)
        self.classes_, code = np.unique(y, return_inverse=True)
        samples = np.asarray(samples)
        self.trees = []
        if not hasattr(self, 'n_trees_'):
            self.n_trees_ = len(samples)
        for t in range(len(samples)):
            rows = samples[t]
            tree = {}
            self._grow(tree, X[rows], code[rows], features[t], 0, 0)
            self.trees.append(tree)
        return self

    @staticmethod
    def _gini(c):
        n = c.sum()
        return 1.0 - ((c / n) ** 2).sum()

    def _grow(self, tree, X, c, features, i, depth):
        K = len(self.classes_)
        counts = np.bincount(c, minlength=K)
        best = None
        if depth < self.max_depth and (counts > 0).sum() > 1:
            n = len(c)
            for j in features[i]:
                u = np.unique(X[:, j])
                for t in (u[:-1] + u[1:]) / 2:
                    go = X[:, j] <= t
                    left = np.bincount(c[go], minlength=K)
                    right = counts - left
                    score = left.sum() / n * self._gini(left) + right.sum() / n * self._gini(right)
                    if best is None or score < best[0] - 1e-9:
                        best = (score, j, t)
        if best is None:
            tree[i] = (None, counts / counts.sum())
            return
        _, j, t = best
        tree[i] = (j, t)
        go = X[:, j] <= t
        self._grow(tree, X[go], c[go], features, 2 * i + 1, depth + 1)
        self._grow(tree, X[~go], c[~go], features, 2 * i + 2, depth + 1)

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        out = np.zeros((len(X), len(self.classes_)))
        for q, r in enumerate(X):
            for tree in self.trees:
                i = 0
                while tree[i][0] is not None:
                    i = 2 * i + 1 if r[tree[i][0]] <= tree[i][1] else 2 * i + 2
                out[q] += tree[i][1]
        return out / self.n_trees_

    def predict(self, X):
        return self.classes_[np.argmax(np.round(self.predict_proba(X), 10), axis=1)]
