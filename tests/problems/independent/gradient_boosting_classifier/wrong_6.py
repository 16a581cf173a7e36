"""The list of trees is a class attribute, cleared by fit: a second model's fit replaces the first model's trees; 'decision_function: F_T' of this model."""
import numpy as np


class GradientBoostingClassifier:
    trees_ = []

    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        share = y.mean()
        self.first_ = np.log(share / (1 - share))
        self.trees_.clear()
        F = np.full(len(y), self.first_)
        for _ in range(self.n_estimators):
            p = 1 / (1 + np.exp(-F))
            tree = self._grow(X, y - p, p * (1 - p), 0)
            self.trees_.append(tree)
            F = F + self.learning_rate * self._answer(tree, X)
        return self

    def _grow(self, X, r, h, depth):
        leaf = float(r.sum() / h.sum())
        if depth == self.max_depth or np.all(r == r[0]):
            return leaf
        best = self._best(X, r)
        if best is None:
            return leaf
        j, t = best
        left = X[:, j] <= t
        return j, t, self._grow(X[left], r[left], h[left], depth + 1), self._grow(X[~left], r[~left], h[~left], depth + 1)

    def _best(self, X, r):
        best, least = None, np.inf
        for j in range(X.shape[1]):
            values = np.unique(X[:, j])
            for a, b in zip(values[:-1], values[1:]):
                t = (a + b) / 2
                left = X[:, j] <= t
                if min(left.sum(), (~left).sum()) < self.min_samples_leaf:
                    continue
                e = ((r[left] - r[left].mean()) ** 2).sum() + ((r[~left] - r[~left].mean()) ** 2).sum()
                if e < least:
                    best, least = (j, t), e
        return best

    def _answer(self, tree, X):
        out = np.empty(len(X))
        for i, row in enumerate(X):
            node = tree
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            out[i] = node
        return out

    def staged_decision_function(self, X):
        X = np.asarray(X, dtype=float)
        F = np.full(len(X), self.first_)
        stages = []
        for tree in self.trees_:
            F = F + self.learning_rate * self._answer(tree, X)
            stages.append(F)
        return np.array(stages)

    def decision_function(self, X):
        return self.staged_decision_function(X)[-1]

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-self.decision_function(X)))
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)
