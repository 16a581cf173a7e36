"""Standardises columns, and divides by zero when one is constant."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = (X.mean(axis=0), y.mean()) if self.fit_intercept else (np.zeros(X.shape[1]), 0.0)
        with np.errstate(all="ignore"):
            deviation = X.std(axis=0) if self.fit_intercept else np.ones(X.shape[1])
            Z = (X - x_mean) / deviation
            gram = Z.T @ Z
            if np.isfinite(gram).all():
                self.coef_ = np.linalg.pinv(gram) @ (Z.T @ (y - y_mean)) / deviation
            else:
                self.coef_ = np.full(X.shape[1], np.nan)
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
