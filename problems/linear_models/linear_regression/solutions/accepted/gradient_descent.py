"""Gradient descent on the centred data: slow but honest."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True, tolerance=1e-9, max_iter=300_000):
        self.fit_intercept = fit_intercept
        self.tolerance = tolerance
        self.max_iter = max_iter

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = (X.mean(axis=0), y.mean()) if self.fit_intercept else (np.zeros(X.shape[1]), 0.0)
        A = X - x_mean
        gram, moment = A.T @ A, A.T @ (y - y_mean)
        step = 1.0 / np.linalg.eigvalsh(gram)[-1]
        theta = np.zeros(A.shape[1])
        for _ in range(self.max_iter):
            gradient = gram @ theta - moment
            theta -= step * gradient
            if np.linalg.norm(gradient) <= self.tolerance * np.linalg.norm(moment):
                break
        self.coef_ = theta
        self.intercept_ = y_mean - x_mean @ theta
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
