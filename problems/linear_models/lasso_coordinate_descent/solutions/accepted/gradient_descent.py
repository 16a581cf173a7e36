"""Plain proximal gradient descent (ISTA) with a fixed step and no momentum."""

import numpy as np


def soft_threshold(v, t):
    return np.maximum(v - t, 0) - np.maximum(-v - t, 0)


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        Z = X - X.mean(axis=0)
        gram, correlation = Z.T @ Z / len(y), Z.T @ (y - y.mean()) / len(y)
        rate = 1 / np.linalg.eigvalsh(gram)[-1]
        w = np.zeros(X.shape[1])
        for _ in range(3000):
            before, w = w, soft_threshold(w - rate * (gram @ w - correlation), rate * self.alpha)
            if np.array_equal(w, before):
                break
        self.coef_, self.intercept_ = w, y.mean() - X.mean(axis=0) @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
