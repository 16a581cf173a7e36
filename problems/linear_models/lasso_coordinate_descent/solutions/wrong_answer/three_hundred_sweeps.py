"""It stops after three hundred sweeps, which correlated columns need more of."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, p = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Z = X - x_mean
        residual = y - y_mean
        tiny = 1e-12 * np.abs(residual).max()
        squares = (Z**2).mean(axis=0)
        w = np.zeros(p)
        for _ in range(300):
            moved = 0.0
            for j in range(p):
                if squares[j] < 1e-12:
                    continue
                rho = Z[:, j] @ residual / n + squares[j] * w[j]
                new = np.sign(rho) * max(abs(rho) - self.alpha, 0.0) / squares[j]
                if new != w[j]:
                    residual = residual - (new - w[j]) * Z[:, j]
                    moved = max(moved, abs(new - w[j]) * np.sqrt(squares[j]))
                    w[j] = new
            if moved <= tiny:
                break
        self.coef_ = w
        self.intercept_ = float(y_mean - x_mean @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
