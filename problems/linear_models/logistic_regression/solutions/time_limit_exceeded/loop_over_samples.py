"""Gradient descent with a Python loop over samples in each step: right, and hundreds of times too slow."""

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, n_features = X.shape
        # Columns around zero need few steps, so that each step's loop is all that is slow.
        mean = X.mean(axis=0)
        X = X - mean
        with_ones = np.hstack([X, np.ones((n, 1))])
        rate = 1.0 / (np.linalg.norm(with_ones, 2) ** 2 / 4 + 1 / self.C)
        w, b = np.zeros(n_features), 0.0
        for _ in range(100_000):
            grad_w, grad_b = w / self.C, 0.0
            for row, label in zip(X, y):
                error = self._sigmoid(row @ w + b) - label
                grad_w = grad_w + error * row
                grad_b += error
            w = w - rate * grad_w
            b = b - rate * grad_b
            if max(np.abs(grad_w).max(), abs(grad_b)) < 1e-4:
                break
        self.coef_, self.intercept_ = w, float(b - mean @ w)
        return self

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)

    @staticmethod
    def _sigmoid(z):
        return 0.5 * (1 + np.tanh(0.5 * z))
