"""Folds are taken as floats, so large numbers that differ become one fold. Breaks: folds: integers of any size."""

from collections import defaultdict

import numpy as np


class OrdinalEncoder:
    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value = unknown_value
        self.missing_value = missing_value

    def fit(self, X):
        self.categories_ = [sorted(set(col) - {None}) for col in zip(*X)]
        self._codes = [{c: i for i, c in enumerate(cats)} for cats in self.categories_]
        return self

    def transform(self, X):
        return np.array([[self.missing_value if v is None else code.get(v, self.unknown_value)
                          for v, code in zip(row, self._codes)] for row in X])

    def inverse_transform(self, Z):
        return [[cats[int(z)] if z >= 0 else None for z, cats in zip(row, self.categories_)] for row in Z]


class TargetEncoder:
    def __init__(self, smoothing=10.0):
        self.smoothing = smoothing

    @staticmethod
    def _learn(X, y):
        mu = sum(y) / len(y)
        stats = []
        for col in zip(*X):
            d = {}
            for v, t in zip(col, y):
                n, s = d.get(v, (0, 0.0))
                d[v] = (n + 1, s + t)
            stats.append(d)
        return mu, stats

    def _value(self, v, d, mu):
        if v not in d:
            return mu
        n, s = d[v]
        return (s + self.smoothing * mu) / (n + self.smoothing)

    def fit(self, X, y):
        self.target_mean_, self._stats = self._learn(X, [float(t) for t in y])
        return self

    def transform(self, X):
        return np.array([[self._value(v, d, self.target_mean_) for v, d in zip(row, self._stats)] for row in X])

    def fit_transform(self, X, y, folds):
        y = [float(t) for t in y]
        folds = [float(f) for f in folds]
        out = np.zeros((len(X), len(X[0])))
        for f in set(folds):
            rest = [i for i in range(len(X)) if folds[i] != f]
            mu, stats = self._learn([X[i] for i in rest], [y[i] for i in rest])
            for i in range(len(X)):
                if folds[i] == f:
                    out[i] = [self._value(v, d, mu) for v, d in zip(X[i], stats)]
        self.fit(X, y)
        return out
