import numpy as np


def _sse(v):
    return ((v - v.mean()) ** 2).sum()


class _Tree:
    def __init__(self, X, r, depth, max_depth, min_leaf):
        self.value = r.mean()
        self.feature = None
        if depth == max_depth or np.all(r == r[0]):
            return
        best = np.inf
        for j in range(X.shape[1]):
            values = np.unique(X[:, j])
            for s in (values[1:] + values[:-1]) / 2:
                m = X[:, j] <= s
                k = m.sum()
                if k < min_leaf or len(r) - k < min_leaf:
                    continue
                e = _sse(r[m]) + _sse(r[~m])
                if e < best:
                    best, self.feature, self.threshold = e, j, s
        if self.feature is not None:
            m = X[:, self.feature] <= self.threshold
            self.left = _Tree(X[m], r[m], depth + 1, max_depth, min_leaf)
            self.right = _Tree(X[~m], r[~m], depth + 1, max_depth, min_leaf)

    def predict(self, X):
        if self.feature is None:
            return np.full(len(X), self.value)
        m = X[:, self.feature] <= self.threshold
        out = np.empty(len(X))
        out[m] = self.left.predict(X[m])
        out[~m] = self.right.predict(X[~m])
        return out


class GradientBoostingRegressor:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.base_ = y.mean()
        self.trees_ = []
        F = np.full(len(y), self.base_)
        for _ in range(self.n_estimators):
            tree = _Tree(X, y - F, 0, self.max_depth, self.min_samples_leaf)
            self.trees_.append(tree)
            F = F + self.learning_rate * tree.predict(X)
        return self

    def staged_predict(self, X):
        X = np.asarray(X, dtype=float)
        F = np.full(len(X), self.base_)
        out = np.empty((len(self.trees_), len(X)))
        for i, tree in enumerate(self.trees_):
            F = F + self.learning_rate * tree.predict(X)
            out[i] = F
        return out

    def predict(self, X):
        return self.staged_predict(X)[-1]
