import numpy as np


class RandomForestClassifier:
    def __init__(self, max_depth):
        self.max_depth = max_depth

    def fit(self, X, y, samples, features):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(np.asarray(y), return_inverse=True)
        codes = codes.ravel()
        self.trees_ = []
        for t in range(len(samples)):
            rows = np.asarray(samples[t])
            nodes = {}
            self._grow(X[rows], codes[rows], 0, 0, features[t], nodes)
            self.trees_.append(nodes)
        return self

    def _grow(self, X, c, i, depth, features, nodes):
        K = len(self.classes_)
        counts = np.bincount(c, minlength=K)
        n = len(c)
        if depth < self.max_depth and counts.max() < n:
            best = None
            for j in features[i]:
                v = np.unique(X[:, j])
                for t in (v[:-1] + v[1:]) / 2:
                    left = np.bincount(c[X[:, j] <= t], minlength=K)
                    right = counts - left
                    nl, nr = left.sum(), right.sum()
                    g = nl / n * (1 - ((left / nl) ** 2).sum()) + nr / n * (1 - ((right / nr) ** 2).sum())
                    if best is None or g < best[0] - 1e-9:
                        best = (g, j, t)
            if best is not None:
                _, j, t = best
                nodes[i] = (j, t)
                m = X[:, j] <= t
                self._grow(X[m], c[m], 2 * i + 1, depth + 1, features, nodes)
                self._grow(X[~m], c[~m], 2 * i + 2, depth + 1, features, nodes)
                return
        nodes[i] = counts / n

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        out = np.zeros((len(X), len(self.classes_)))
        for nodes in self.trees_:
            for r, x in enumerate(X):
                i = 0
                while isinstance(nodes[i], tuple):
                    j, t = nodes[i]
                    i = 2 * i + 1 if x[j] <= t else 2 * i + 2
                out[r] += nodes[i]
        return out / len(self.trees_)

    def predict(self, X):
        p = self.predict_proba(X)
        near = p >= p.max(axis=1, keepdims=True) - 1e-10
        return self.classes_[np.argmax(near, axis=1)]
