"""categories_ are kept in the class, so that a second encoder changes the first."""

import numpy as np


class OrdinalEncoder:
    categories_ = []

    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value = unknown_value
        self.missing_value = missing_value

    def fit(self, X):
        self.categories_.clear()
        self.categories_ += [sorted({value for value in column if value is not None}) for column in zip(*X)]
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
            self.fit([X[i] for i in outside], y[outside])
            result[inside] = self.transform([X[i] for i in inside])
        self.fit(X, y)
        return result
