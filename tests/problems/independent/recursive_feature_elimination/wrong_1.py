"""Weights without the columns' deviations."""
import numpy as np


def _fit(X, y):
    """w, b and weights of the columns of X."""
    mean = X.mean(axis=0)
    s = X.std(axis=0)
    s[X.max(axis=0) == X.min(axis=0)] = 0
    live = s > 0
    effect = np.zeros(X.shape[1])
    w = np.zeros(X.shape[1])
    if live.any():
        Z = (X[:, live] - mean[live]) / s[live]
        effect[live] = np.linalg.lstsq(Z, y - y.mean(), rcond=None)[0]
        w[live] = effect[live] / s[live]
    return w, y.mean() - mean @ w, np.abs(w)


class RFE:
    def __init__(self, n_features_to_select, step=1):
        self.n_features_to_select = n_features_to_select
        self.step = step

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        p = X.shape[1]
        left = np.arange(p)
        rounds = []
        self._path = {}
        w, b, weight = _fit(X, y)
        self._path[p] = (left, w, b)
        while len(left) > self.n_features_to_select:
            k = min(self.step, len(left) - self.n_features_to_select)
            order = np.argsort(weight, kind="stable")
            rounds.append(left[order[:k]])
            left = np.sort(left[order[k:]])
            w, b, weight = _fit(X[:, left], y)
            self._path[len(left)] = (left, w, b)
        self.ranking_ = np.ones(p, dtype=int)
        for rank, cols in enumerate(reversed(rounds), start=2):
            self.ranking_[cols] = rank
        self.support_ = self.ranking_ == 1
        self.coef_, self.intercept_ = w, float(b)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float)[:, self.support_] @ self.coef_ + self.intercept_


class RFECV:
    def __init__(self, step=1):
        self.step = step

    def fit(self, X, y, folds):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        folds = np.asarray(folds)
        p = X.shape[1]
        sizes = sorted(set(range(p, 1, -self.step)) | {1})
        ids = np.unique(folds)
        E = np.zeros((len(ids), len(sizes)))
        for i, f in enumerate(ids):
            test = folds == f
            path = RFE(1, self.step).fit(X[~test], y[~test])._path
            for j, size in enumerate(sizes):
                cols, w, b = path[size]
                E[i, j] = np.mean((X[test][:, cols] @ w + b - y[test]) ** 2)
        self.sizes_ = np.array(sizes)
        self.errors_ = E.mean(axis=0)
        self.n_features_ = int(self.sizes_[np.argmin(self.errors_)])
        final = RFE(self.n_features_, self.step).fit(X, y)
        self.support_, self.ranking_ = final.support_, final.ranking_
        return self
