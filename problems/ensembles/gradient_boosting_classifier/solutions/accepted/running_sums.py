"""Trees as lists of nodes, the best threshold of a feature by running sums of the residuals."""

import numpy as np


class GradientBoostingClassifier:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.settings = n_estimators, learning_rate, max_depth, min_samples_leaf

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        n_trees, rate, _, _ = self.settings
        ones = int(np.count_nonzero(y))
        self.begin = np.log(ones) - np.log(len(y) - ones)
        scores = np.full(len(y), self.begin)
        self.forest = []
        for _ in range(n_trees):
            p = 0.5 + 0.5 * np.tanh(0.5 * scores)
            nodes, fitted = self._tree(X, y - p, p - p * p)
            self.forest.append(nodes)
            scores = scores + rate * fitted
        return self

    def _tree(self, X, residual, curvature):
        fitted, nodes = np.empty(len(X)), [None]
        waiting = [(0, np.arange(len(X)), 0)]
        while waiting:
            node, rows, depth = waiting.pop()
            split = self._split(X[rows], residual[rows]) if depth < self.settings[2] else None
            if split is None:
                nodes[node] = np.sum(residual[rows]) / np.sum(curvature[rows])
                fitted[rows] = nodes[node]
                continue
            j, threshold = split
            goes_left = X[rows, j] <= threshold
            nodes[node] = (j, threshold, len(nodes), len(nodes) + 1)
            waiting.append((len(nodes), rows[goes_left], depth + 1))
            waiting.append((len(nodes) + 1, rows[~goes_left], depth + 1))
            nodes += [None, None]
        return nodes, fitted

    def _split(self, X, r):
        if np.all(r == r[0]):
            return None
        smallest = self.settings[3]
        r = r - r.mean()
        best, most = None, -np.inf
        n_left = np.arange(1, len(r))
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            values, sums = X[order, j], np.cumsum(r[order])[:-1]
            gain = sums**2 / n_left + sums**2 / (len(r) - n_left)
            allowed = (values[:-1] < values[1:]) & (n_left >= smallest) & (len(r) - n_left >= smallest)
            if allowed.any():
                at = int(np.argmax(np.where(allowed, gain, -np.inf)))
                if gain[at] > most:
                    best, most = (j, (values[at] + values[at + 1]) / 2), gain[at]
        return best

    def staged_decision_function(self, X):
        current, stages = np.full(len(X), self.begin), []
        for nodes in self.forest:
            current = current + self.settings[1] * np.array([self._follow(nodes, x) for x in np.asarray(X, dtype=float)])
            stages.append(current)
        return stages

    @staticmethod
    def _follow(nodes, x):
        node = nodes[0]
        while isinstance(node, tuple):
            j, threshold, left, right = node
            node = nodes[left if x[j] <= threshold else right]
        return node

    def decision_function(self, X):
        return self.staged_decision_function(X)[-1]

    def predict_proba(self, X):
        F = self.decision_function(X)
        return np.array([1 / (1 + np.exp(F)), 1 / (1 + np.exp(-F))]).T

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, 0)
