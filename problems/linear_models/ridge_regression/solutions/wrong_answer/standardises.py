"""Standardises the columns before the penalty."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X - x_mean, y - y_mean
        deviation = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        Z = centred / deviation
        gram = Z.T @ Z + self.alpha * np.eye(X.shape[1])
        self.coef_ = np.linalg.solve(gram, Z.T @ values) / deviation
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
