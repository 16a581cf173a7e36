"""Adds rows of alpha instead of its square root to the least squares problem, so alpha is squared."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X - x_mean, y - y_mean
        rows = np.vstack([centred, self.alpha * np.eye(X.shape[1])])
        self.coef_ = np.linalg.lstsq(rows, np.append(values, np.zeros(X.shape[1])), rcond=None)[0]
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
