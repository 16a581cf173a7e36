"""Takes the best of all splits and makes a leaf when it breaks min_samples_leaf."""
import numpy as np


class DecisionTreeRegressor:
    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        self.root_ = self._build(X, y, 0)
        return self

    def _build(self, X, y, depth):
        n = len(y)
        node = {"value": y.mean()}
        if (self.max_depth is not None and depth >= self.max_depth) or n < self.min_samples_split:
            return node
        if np.all(y == y[0]):
            return node
        r = y - y.mean()
        total = r.sum()
        best_gain, best = -np.inf, None
        leaf = max(1, self.min_samples_leaf)
        for j in range(X.shape[1]):
            order = np.argsort(X[:, j], kind="mergesort")
            xs = X[order, j]
            s = np.cumsum(r[order])[:-1]
            k = np.arange(1, n)
            ok = xs[1:] > xs[:-1]
            if not ok.any():
                continue
            gain = np.where(ok, s ** 2 / k + (total - s) ** 2 / (n - k), -np.inf)
            i = int(np.argmax(gain))
            if gain[i] > best_gain:
                t = (xs[i] + xs[i + 1]) / 2
                if t >= xs[i + 1]:
                    t = xs[i]
                best_gain, best = gain[i], (j, t)
        if best is None:
            return node
        j, t = best
        mask = X[:, j] <= t
        if min(mask.sum(), n - mask.sum()) < leaf:
            return node
        node["split"] = best
        node["left"] = self._build(X[mask], y[mask], depth + 1)
        node["right"] = self._build(X[~mask], y[~mask], depth + 1)
        return node

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        out = np.empty(len(X))

        def walk(node, rows):
            if len(rows) == 0:
                return
            if "split" not in node:
                out[rows] = node["value"]
                return
            j, t = node["split"]
            m = X[rows, j] <= t
            walk(node["left"], rows[m])
            walk(node["right"], rows[~m])

        walk(self.root_, np.arange(len(X)))
        return out
