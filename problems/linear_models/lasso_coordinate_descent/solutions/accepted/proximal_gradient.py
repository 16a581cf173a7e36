"""Proximal gradient descent with momentum."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        Z, t = X - X.mean(axis=0), y - y.mean()
        n = len(y)
        rate = n / np.linalg.norm(Z, 2) ** 2
        w = v = np.zeros(X.shape[1])
        momentum = 1.0
        for _ in range(5000):
            step = v + rate * Z.T @ (t - Z @ v) / n
            new = np.sign(step) * np.maximum(np.abs(step) - rate * self.alpha, 0.0)
            if np.abs(new - v).max() < 1e-13 * y.std():
                w = new
                break
            if (v - new) @ (new - w) > 0:  # it went too far: start the momentum again
                momentum = 1.0
            faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            v = new + (momentum - 1) / faster * (new - w)
            w, momentum = new, faster
        self.coef_ = w
        self.intercept_ = y.mean() - X.mean(axis=0) @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
