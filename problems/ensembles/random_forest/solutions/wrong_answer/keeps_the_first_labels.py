"""A second fit keeps classes_ where it has as many labels, though they are others."""

import numpy as np


class RandomForestClassifier:
    def __init__(self, max_depth):
        self.max_depth = max_depth

    def fit(self, X, y, samples, features):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        classes = np.array(sorted(set(y.tolist())))
        one_hot = (y[:, None] == classes[None, :]).astype(float)
        if len(getattr(self, "classes_", ())) != len(classes):
            self.classes_ = classes
        self.forest = [self._tree(X[rows], one_hot[rows], allowed) for rows, allowed in zip(samples, features)]
        return self

    def _tree(self, X, one_hot, allowed):
        n_nodes = 2 ** (self.max_depth + 1) - 1
        feature = np.full(n_nodes, -1)
        threshold = np.zeros(n_nodes)
        shares = np.zeros((n_nodes, one_hot.shape[1]))
        at = np.zeros(len(X), dtype=int)
        for node in range(n_nodes):
            here = np.flatnonzero(at == node)
            if len(here) == 0:
                continue
            counts = one_hot[here].sum(axis=0)
            shares[node] = counts / len(here)
            if node >= 2**self.max_depth - 1 or (counts > 0).sum() < 2:
                continue
            best = self._best(X[here], one_hot[here], allowed[node])
            if best is None:
                continue
            feature[node], threshold[node] = best
            at[here] = 2 * node + 1 + (X[here, feature[node]] > threshold[node])
        return feature, threshold, shares

    @staticmethod
    def _best(X, one_hot, allowed):
        found = []
        for j in allowed:
            order = np.argsort(X[:, j], kind="stable")
            values = X[order, j]
            cuts = np.flatnonzero(values[:-1] < values[1:])
            if len(cuts) == 0:
                continue
            running = np.cumsum(one_hot[order], axis=0)
            left, right = running[cuts], running[-1] - running[cuts]
            purity = (left**2).sum(axis=1) / left.sum(axis=1) + (right**2).sum(axis=1) / right.sum(axis=1)
            # Rounding must not decide between splits that tie.
            first = int(np.flatnonzero(purity >= purity.max() - 1e-10)[0])
            found.append((purity[first], j, (values[cuts[first]] + values[cuts[first] + 1]) / 2))
        if not found:
            return None
        most = max(purity for purity, _, _ in found)
        return next((j, t) for purity, j, t in found if purity >= most - 1e-10)

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        rows, total = np.arange(len(X)), 0.0
        for feature, threshold, shares in self.forest:
            at = np.zeros(len(X), dtype=int)
            for _ in range(self.max_depth):
                inner = feature[at] >= 0
                goes_right = X[rows, feature[at]] > threshold[at]
                at = np.where(inner, 2 * at + 1 + goes_right, at)
            total = total + shares[at]
        return total / len(self.forest)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
