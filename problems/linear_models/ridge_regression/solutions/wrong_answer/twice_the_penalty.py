"""Halves the squared error but not the penalty, so alpha counts twice."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X - x_mean, y - y_mean
        gram = centred.T @ centred + 2 * self.alpha * np.eye(X.shape[1])
        self.coef_ = np.linalg.solve(gram, centred.T @ values)
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
