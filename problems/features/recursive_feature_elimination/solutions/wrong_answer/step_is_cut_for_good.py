"""Cuts step to the columns of the data in fit, and keeps it so for the next fit."""

import numpy as np


def least_squares(X, y):
    A = np.column_stack([np.ones(len(X)), X])
    solution = np.linalg.lstsq(A, y, rcond=None)[0]
    return solution[0], solution[1:]


class RFE:
    def __init__(self, n_features_to_select, step=1):
        self.n_features_to_select = n_features_to_select
        self.step = step

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        p = X.shape[1]
        self.step = max(1, min(self.step, p - self.n_features_to_select))
        deviation = X.std(axis=0)
        left = np.arange(p)
        dropped = []
        while len(left) > self.n_features_to_select:
            _, w = least_squares(X[:, left], y)
            weight = np.abs(w) * deviation[left]
            weight[deviation[left] == 0] = 0.0
            n_drop = min(self.step, len(left) - self.n_features_to_select)
            go = np.argsort(weight)[:n_drop]
            dropped.append(left[go])
            left = np.delete(left, go)
        self.support_ = np.zeros(p, dtype=bool)
        self.support_[left] = True
        self.ranking_ = np.ones(p, dtype=int)
        for rank, columns in enumerate(reversed(dropped), start=2):
            self.ranking_[columns] = rank
        self.intercept_, self.coef_ = least_squares(X[:, left], y)
        return self

    def predict(self, X):
        return self.intercept_ + np.asarray(X, dtype=float)[:, self.support_] @ self.coef_


class RFECV:
    def __init__(self, step=1):
        self.step = step

    def fit(self, X, y, folds):
        y = np.asarray(y, dtype=float)
        self.sizes_ = sorted({*range(X.shape[1], 1, -self.step), 1})
        self.errors_ = []
        for size in self.sizes_:
            of_folds = []
            for fold in np.unique(folds):
                test = folds == fold
                model = RFE(size, self.step).fit(X[~test], y[~test])
                of_folds.append(np.mean((model.predict(X[test]) - y[test]) ** 2))
            self.errors_.append(np.mean(of_folds))
        self.n_features_ = self.sizes_[int(np.argmin(self.errors_))]
        final = RFE(self.n_features_, self.step).fit(X, y)
        self.support_, self.ranking_ = final.support_, final.ranking_
        return self
