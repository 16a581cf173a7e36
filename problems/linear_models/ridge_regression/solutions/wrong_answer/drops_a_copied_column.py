"""Drops columns that occur twice, although two equal columns are penalised less than one."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        kept = [j for j in range(X.shape[1]) if not any(np.array_equal(X[:, j], X[:, i]) for i in range(j))]
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X[:, kept] - x_mean[kept], y - y_mean
        gram = centred.T @ centred + self.alpha * np.eye(len(kept))
        self.coef_ = np.zeros(X.shape[1])
        self.coef_[kept] = np.linalg.solve(gram, centred.T @ values)
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
