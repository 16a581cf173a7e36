"""Folds are counted from 0 to the largest number, negative folds are passed over: '`folds` holds an integer for each row'."""
import numpy as np


def _ols(X, y):
    m, c = X.mean(axis=0), y.mean()
    D = X - m
    s = X.std(axis=0)
    scale = np.where(s > 0, s, 1.0)
    w = np.linalg.lstsq(D / scale, y - c, rcond=None)[0] / scale
    return w, c - m @ w


class RFE:
    def __init__(self, n_features_to_select, step=1):
        self.n_features_to_select = n_features_to_select
        self.step = step

    def fit(self, X, y):
        X, y = np.array(X, dtype=float), np.array(y, dtype=float)
        s = X.std(axis=0)
        left = np.arange(X.shape[1])
        dropped = []
        self.path_ = []
        while True:
            w, b = _ols(X[:, left], y)
            self.path_.append((left, w, b))
            extra = len(left) - self.n_features_to_select
            if extra <= 0:
                break
            order = np.argsort(np.abs(w) * s[left], kind="stable")[: min(self.step, extra)]
            dropped.append(left[order])
            left = np.delete(left, order)
        self.support_ = np.zeros(X.shape[1], dtype=bool)
        self.support_[left] = True
        self.ranking_ = np.ones(X.shape[1], dtype=int)
        for rank, columns in enumerate(reversed(dropped), start=2):
            self.ranking_[columns] = rank
        self.coef_, self.intercept_ = w, float(b)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float)[:, self.support_] @ self.coef_ + self.intercept_


class RFECV:
    def __init__(self, step=1):
        self.step = step

    def fit(self, X, y, folds):
        X, y, folds = np.array(X, dtype=float), np.array(y, dtype=float), np.asarray(folds)
        table = []
        for f in range(folds.max() + 1):
            out = folds == f
            if not out.any():
                continue
            path = RFE(1, self.step).fit(X[~out], y[~out]).path_
            table.append({len(left): np.mean((X[out][:, left] @ w + b - y[out]) ** 2) for left, w, b in path})
        self.sizes_ = np.array(sorted(table[0]))
        self.errors_ = np.array([np.mean([row[k] for row in table]) for k in self.sizes_])
        self.n_features_ = int(self.sizes_[np.argmin(self.errors_)])
        final = RFE(self.n_features_, self.step).fit(X, y)
        self.support_, self.ranking_ = final.support_, final.ranking_
        return self
