"""Codes are integers of eight bits, in which -999 is 25."""

import numpy as np


def codes_of(column, categories):
    table = {category: i for i, category in enumerate(categories)}
    return np.array([table.get(value, -1) for value in column], dtype=int)


class OrdinalEncoder:
    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value, self.missing_value = unknown_value, missing_value

    def fit(self, X):
        n_columns = len(X[0])
        self.categories_ = []
        for j in range(n_columns):
            strings = [row[j] for row in X if row[j] is not None]
            self.categories_.append(list(dict.fromkeys(sorted(strings))))
        return self

    def transform(self, X):
        Z = np.empty((len(X), len(self.categories_)), dtype=np.int8)
        for j, categories in enumerate(self.categories_):
            column = [row[j] for row in X]
            codes = codes_of(column, categories)
            codes[codes < 0] = self.unknown_value
            codes[[value is None for value in column]] = self.missing_value
            Z[:, j] = codes
        return Z

    def inverse_transform(self, Z):
        special = (self.unknown_value, self.missing_value)
        return [
            [None if z in special else str(self.categories_[j][z]) for j, z in enumerate(map(int, row))] for row in Z
        ]


class TargetEncoder:
    def __init__(self, smoothing=10.0):
        self.smoothing = smoothing

    def fit(self, X, y):
        self._learn(X, np.asarray(y, dtype=np.float64))
        return self

    def _learn(self, X, y):
        self.target_mean_ = float(np.mean(y))
        self._columns = []
        for column in zip(*X):
            names = list(dict.fromkeys(column))
            codes = codes_of(column, names)
            # Deviations from the mean: what is shrunk is then shrunk towards zero.
            sums = np.bincount(codes, weights=y - self.target_mean_, minlength=len(names))
            counts = np.bincount(codes, minlength=len(names))
            self._columns.append((names, codes, sums, counts))

    def transform(self, X):
        Z = np.full((len(X), len(self._columns)), self.target_mean_)
        for j, (names, _, sums, counts) in enumerate(self._columns):
            codes = codes_of([row[j] for row in X], names)
            seen = codes >= 0
            Z[seen, j] += sums[codes[seen]] / (counts[codes[seen]] + self.smoothing)
        return Z

    def fit_transform(self, X, y, folds):
        y = np.asarray(y, dtype=np.float64)
        _, folds = np.unique(folds, return_inverse=True)
        self._learn(X, y)
        d = y - self.target_mean_
        n_folds = folds.max() + 1
        rest_n = len(y) - np.bincount(folds, minlength=n_folds)
        rest_mean = -np.bincount(folds, weights=d, minlength=n_folds) / rest_n
        Z = np.empty((len(y), len(self._columns)))
        for j, (names, codes, sums, counts) in enumerate(self._columns):
            cell = folds * len(names) + codes
            size = n_folds * len(names)
            n_c = counts[codes] - np.bincount(cell, minlength=size)[cell]
            s_c = sums[codes] - np.bincount(cell, weights=d, minlength=size)[cell]
            mu = rest_mean[folds]
            weight = n_c + self.smoothing
            safe = np.where(n_c > 0, weight, 1.0)
            Z[:, j] = np.where(n_c > 0, (s_c + self.smoothing * mu) / safe, mu) + self.target_mean_
        return Z
