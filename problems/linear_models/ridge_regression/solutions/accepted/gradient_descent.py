"""Gradient descent on the centred data: slow but honest."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0, tolerance=1e-8, max_iter=300_000):
        self.alpha = alpha
        self.tolerance = tolerance
        self.max_iter = max_iter

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        A = X - x_mean
        hessian, moment = A.T @ A + self.alpha * np.eye(X.shape[1]), A.T @ (y - y_mean)
        step = 1.0 / np.linalg.eigvalsh(hessian)[-1]
        theta = np.zeros(A.shape[1])
        for _ in range(self.max_iter):
            gradient = hessian @ theta - moment
            theta -= step * gradient
            if np.linalg.norm(gradient) <= self.tolerance * np.linalg.norm(moment):
                break
        self.coef_ = theta
        self.intercept_ = y_mean - x_mean @ theta
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
