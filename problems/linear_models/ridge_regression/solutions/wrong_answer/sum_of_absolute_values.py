"""Penalises absolute values (the lasso) instead of squares."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X - x_mean, y - y_mean
        self.coef_ = np.zeros(X.shape[1])
        squares = np.square(centred).sum(axis=0)
        for _ in range(200):
            for j in np.flatnonzero(squares):
                partial = centred[:, j] @ (values - centred @ self.coef_) + squares[j] * self.coef_[j]
                self.coef_[j] = np.sign(partial) * max(abs(partial) - self.alpha / 2, 0.0) / squares[j]
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
