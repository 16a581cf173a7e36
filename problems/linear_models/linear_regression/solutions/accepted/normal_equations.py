"""The normal equations of the centred data by a pseudo-inverse; returns lists and floats."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = (X.mean(axis=0), y.mean()) if self.fit_intercept else (np.zeros(X.shape[1]), 0.0)
        centred = X - x_mean
        coef = np.linalg.pinv(centred.T @ centred, rcond=1e-10) @ (centred.T @ (y - y_mean))
        self.coef_ = coef.tolist()
        self.intercept_ = float(y_mean - x_mean @ coef)
        return self

    def predict(self, X):
        return [sum(w * x for w, x in zip(self.coef_, row)) + self.intercept_ for row in np.asarray(X, dtype=float)]
