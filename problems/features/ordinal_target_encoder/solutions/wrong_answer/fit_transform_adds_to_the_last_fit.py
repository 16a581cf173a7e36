"""fit_transform adds its sums and counts to those of an earlier fit."""

import numpy as np


class OrdinalEncoder:
    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value = unknown_value
        self.missing_value = missing_value

    def fit(self, X):
        self.categories_ = [sorted({value for value in column if value is not None}) for column in zip(*X)]
        return self

    def transform(self, X):
        codes = []
        for column, categories in zip(zip(*X), self.categories_):
            places = {category: place for place, category in enumerate(categories)}
            places[None] = self.missing_value
            codes.append([places.get(value, self.unknown_value) for value in column])
        return np.array(codes).T

    def inverse_transform(self, Z):
        rows = []
        for row in Z:
            rows.append([c[int(z)] if z >= 0 else None for z, c in zip(row, self.categories_)])
        return rows


class TargetEncoder:
    def __init__(self, smoothing=10.0):
        self.smoothing = smoothing

    def fit(self, X, y):
        self.totals = None
        self._add(X, np.asarray(y, dtype=float))
        return self._finish()

    def _add(self, X, y):
        if getattr(self, 'totals', None) is None:
            self.totals, self.y_sum, self.y_n = [{} for _ in X[0]], 0.0, 0
        self.y_sum += y.sum()
        self.y_n += len(y)
        for totals, column in zip(self.totals, zip(*X)):
            for value, target in zip(column, y):
                s, n = totals.get(value, (0.0, 0))
                totals[value] = s + target, n + 1

    def _finish(self):
        self.target_mean_ = mu = self.y_sum / self.y_n
        m = self.smoothing
        self.encodings = [{v: (s + m * mu) / (n + m) for v, (s, n) in t.items()} for t in self.totals]
        return self

    def _old_fit(self, X, y):
        y = np.asarray(y, dtype=float)
        self.target_mean_ = y.mean()
        self.encodings = []
        for column in zip(*X):
            groups = {}
            for value, target in zip(column, y):
                groups.setdefault(value, []).append(target)
            encoding = {}
            for value, targets in groups.items():
                total, count = sum(targets), len(targets)
                encoding[value] = (total + self.smoothing * self.target_mean_) / (count + self.smoothing)
            self.encodings.append(encoding)
        return self

    def transform(self, X):
        mean = self.target_mean_
        return np.array([[encoding.get(value, mean) for value, encoding in zip(row, self.encodings)] for row in X])

    def fit_transform(self, X, y, folds):
        y, folds = np.asarray(y, dtype=float), np.asarray(folds)
        result = np.zeros((len(X), len(X[0])))
        for fold in np.unique(folds):
            inside = np.flatnonzero(folds == fold)
            outside = np.flatnonzero(folds != fold)
            rest = TargetEncoder(self.smoothing).fit([X[i] for i in outside], y[outside])
            result[inside] = rest.transform([X[i] for i in inside])
            self._add([X[i] for i in inside], y[inside])
        self._finish()
        return result
