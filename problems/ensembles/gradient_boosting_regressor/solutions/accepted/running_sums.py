"""Trees as lists of nodes, the best threshold of a feature by running sums of the residuals."""

import numpy as np


class GradientBoostingRegressor:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.settings = n_estimators, learning_rate, max_depth, min_samples_leaf

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        n_trees, rate, _, _ = self.settings
        self.mean = float(np.mean(np.asarray(y, dtype=float)))
        residual = np.asarray(y, dtype=float) - self.mean
        self.forest = []
        for _ in range(n_trees):
            nodes, fitted = self._tree(X, residual)
            self.forest.append(nodes)
            residual = residual - rate * fitted
        return self

    def _tree(self, X, residual):
        _, _, max_depth, _ = self.settings
        fitted = np.empty(len(X))
        nodes = [None]
        waiting = [(0, np.arange(len(X)), 0)]
        while waiting:
            node, rows, depth = waiting.pop()
            split = self._split(X[rows], residual[rows]) if depth < max_depth else None
            if split is None:
                nodes[node] = residual[rows].mean()
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
        smallest = self.settings[3]
        if np.all(r == r[0]):
            return None
        r = r - r.mean()
        best, most = None, -np.inf
        n_left = np.arange(1, len(r))
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="stable")
            values = X[order, j]
            sums = np.cumsum(r[order])[:-1]
            gain = sums**2 / n_left + (r.sum() - sums) ** 2 / (len(r) - n_left)
            allowed = (values[:-1] < values[1:]) & (n_left >= smallest) & (len(r) - n_left >= smallest)
            if allowed.any():
                at = int(np.argmax(np.where(allowed, gain, -np.inf)))
                if gain[at] > most:
                    best, most = (j, (values[at] + values[at + 1]) / 2), gain[at]
        return best

    def staged_predict(self, X):
        rate = self.settings[1]
        current = np.full(len(X), self.mean)
        stages = []
        for nodes in self.forest:
            current = current + rate * np.array([self._follow(nodes, x) for x in np.asarray(X, dtype=float)])
            stages.append(current)
        return stages

    @staticmethod
    def _follow(nodes, x):
        node = nodes[0]
        while isinstance(node, tuple):
            j, threshold, left, right = node
            node = nodes[left if x[j] <= threshold else right]
        return node

    def predict(self, X):
        return self.staged_predict(X)[-1]
