"""Subgradient descent never makes a coefficient exactly zero; it takes a soft threshold to do so."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        Z, t = X - X.mean(axis=0), y - y.mean()
        rate = len(y) / np.linalg.norm(Z, 2) ** 2
        w = np.zeros(X.shape[1])
        for k in range(5000):
            gradient = -Z.T @ (t - Z @ w) / len(y) + self.alpha * np.sign(w)
            w = w - rate / np.sqrt(1 + k) * gradient
        self.coef_ = w
        self.intercept_ = float(y.mean() - X.mean(axis=0) @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
