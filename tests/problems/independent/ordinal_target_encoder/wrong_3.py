"""Takes an empty string for missing."""
import numpy as np


class OrdinalEncoder:
    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value = unknown_value
        self.missing_value = missing_value

    def fit(self, X):
        self.categories_ = [sorted({v for v in col if v}) for col in zip(*X)]
        self._code = [{c: i for i, c in enumerate(cats)} for cats in self.categories_]
        return self

    def transform(self, X):
        out = np.empty((len(X), len(self.categories_)), dtype=int)
        for i, row in enumerate(X):
            for j, v in enumerate(row):
                out[i, j] = self.missing_value if not v else self._code[j].get(v, self.unknown_value)
        return out

    def inverse_transform(self, Z):
        return [[None if z in (self.unknown_value, self.missing_value) else self.categories_[j][int(z)]
                 for j, z in enumerate(row)] for row in Z]


class TargetEncoder:
    def __init__(self, smoothing=10.0):
        self.smoothing = smoothing

    def _learn(self, X, y):
        mu = sum(y) / len(y)
        tables = []
        for col in zip(*X):
            sums = {}
            for v, t in zip(col, y):
                s, n = sums.get(v, (0.0, 0))
                sums[v] = (s + t, n + 1)
            tables.append({v: (s + self.smoothing * mu) / (n + self.smoothing) for v, (s, n) in sums.items()})
        return mu, tables

    @staticmethod
    def _encode(X, mu, tables):
        return np.array([[tables[j].get(v, mu) for j, v in enumerate(row)] for row in X], dtype=float)

    def fit(self, X, y):
        y = [float(t) for t in y]
        self.target_mean_, self._tables = self._learn(X, y)
        return self

    def transform(self, X):
        return self._encode(X, self.target_mean_, self._tables)

    def fit_transform(self, X, y, folds):
        y = [float(t) for t in y]
        folds = [int(f) for f in folds]
        out = np.empty((len(X), len(X[0])))
        for f in set(folds):
            rest = [i for i in range(len(X)) if folds[i] != f]
            mine = [i for i in range(len(X)) if folds[i] == f]
            mu, tables = self._learn([X[i] for i in rest], [y[i] for i in rest])
            out[mine] = self._encode([X[i] for i in mine], mu, tables)
        self.fit(X, y)
        return out
