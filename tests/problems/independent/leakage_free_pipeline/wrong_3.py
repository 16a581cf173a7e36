"""Nested cross-validation does not hand the strategy to the inner one."""
import numpy as np


class Pipeline:
    def __init__(self, strategy="mean", alpha=1.0):
        self.strategy = strategy
        self.alpha = alpha

    def _z(self, X):
        X = np.asarray(X, dtype=float)
        return (np.where(np.isnan(X), self.fill_, X) - self.mean_) / self.scale_

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        p = X.shape[1]
        self.fill_ = np.zeros(p)
        for j in range(p):
            v = X[:, j]
            v = v[~np.isnan(v)]
            if len(v):
                self.fill_[j] = np.median(v) if self.strategy == "median" else v.mean()
        filled = np.where(np.isnan(X), self.fill_, X)
        self.mean_ = filled.mean(axis=0)
        self.scale_ = filled.std(axis=0)
        constant = filled.max(axis=0) == filled.min(axis=0)
        self.mean_[constant] = filled[0, constant]
        self.scale_[constant] = 1.0
        Z = (filled - self.mean_) / self.scale_
        # augmented least squares, intercept column unpenalised
        n = len(y)
        A = np.zeros((n + p, p + 1))
        A[:n, 0] = 1
        A[:n, 1:] = Z
        A[n:, 1:] = np.sqrt(self.alpha) * np.eye(p)
        sol = np.linalg.lstsq(A, np.concatenate([y, np.zeros(p)]), rcond=None)[0]
        self.intercept_ = float(sol[0])
        self.coef_ = sol[1:]
        return self

    def predict(self, X):
        return self.intercept_ + self._z(X) @ self.coef_


def cross_validate(X, y, folds, strategy="mean", alpha=1.0):
    X, y, folds = np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(folds)
    pred = np.empty(len(y))
    errors = []
    for f in np.unique(folds):
        m = folds == f
        pred[m] = Pipeline(strategy, alpha).fit(X[~m], y[~m]).predict(X[m])
        errors.append(np.mean((pred[m] - y[m]) ** 2))
    errors = np.array(errors)
    return pred, errors, float(errors.mean())


def nested_cross_validate(X, y, folds, alphas, strategy="mean"):
    X, y, folds = np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(folds)
    pred = np.empty(len(y))
    chosen = []
    for f in np.unique(folds):
        m = folds == f
        scores = [cross_validate(X[~m], y[~m], folds[~m], "mean", a)[2] for a in alphas]
        a = alphas[int(np.argmin(scores))]
        chosen.append(a)
        pred[m] = Pipeline(strategy, a).fit(X[~m], y[~m]).predict(X[m])
    return pred, np.array(chosen)
