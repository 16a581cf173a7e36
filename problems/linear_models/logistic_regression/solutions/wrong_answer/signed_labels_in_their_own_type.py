"""Turns labels into 2y - 1 in their own type, where an unsigned 0 becomes 255."""

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        sign = 2 * np.asarray(y) - 1
        n, n_features = X.shape
        with_ones = np.hstack([X, np.ones((n, 1))])
        rate = 1.0 / (np.linalg.norm(with_ones, 2) ** 2 / 4 + 1 / self.C)
        w, b = np.zeros(n_features), 0.0
        for _ in range(100_000):
            error = -1.0 * sign * self._sigmoid(-1.0 * sign * (X @ w + b))
            grad_w = X.T @ error + w / self.C
            grad_b = error.sum()
            w = w - rate * grad_w
            b = b - rate * grad_b
            if max(np.abs(grad_w).max(), abs(grad_b)) < 1e-4:
                break
        self.coef_, self.intercept_ = w, float(b)
        return self

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)

    @staticmethod
    def _sigmoid(z):
        return 0.5 * (1 + np.tanh(0.5 * z))
