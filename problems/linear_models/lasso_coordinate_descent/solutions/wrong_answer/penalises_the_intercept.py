"""The intercept is a column of ones like the others, and is thresholded with them."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        Z = np.column_stack([np.asarray(X, dtype=float), np.ones(len(X))])
        residual = np.array(y, dtype=float)
        tiny = 1e-12 * np.abs(residual).max()
        squares = (Z**2).mean(axis=0)
        w = np.zeros(Z.shape[1])
        for _ in range(20_000):
            moved = 0.0
            for j in range(len(w)):
                rho = Z[:, j] @ residual / len(Z) + squares[j] * w[j]
                new = np.sign(rho) * max(abs(rho) - self.alpha, 0.0) / squares[j]
                residual = residual - (new - w[j]) * Z[:, j]
                moved = max(moved, abs(new - w[j]) * np.sqrt(squares[j]))
                w[j] = new
            if moved <= tiny:
                break
        self.coef_, self.intercept_ = w[:-1], float(w[-1])
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
