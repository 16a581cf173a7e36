"""Uses the learning rate 0.01 on any data; on large columns gradient descent then diverges."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = (X.mean(axis=0), y.mean()) if self.fit_intercept else (np.zeros(X.shape[1]), 0.0)
        X_centred, y_centred = X - x_mean, y - y_mean
        self.coef_ = np.zeros(X.shape[1])
        with np.errstate(all="ignore"):
            for _ in range(2000):
                gradient = 2.0 / len(X) * X_centred.T @ (X_centred @ self.coef_ - y_centred)
                self.coef_ = self.coef_ - 0.01 * gradient
        self.intercept_ = y_mean - x_mean @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
