"""The alternating direction method of multipliers: a ridge step, a soft threshold, and the sum of their differences."""

import numpy as np


class Lasso:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        Z = X - X.mean(axis=0)
        n, p = Z.shape
        gram, correlation = Z.T @ Z / n, Z.T @ (y - y.mean()) / n
        weight = np.trace(gram) / p
        inverse = np.linalg.inv(gram + weight * np.eye(p))
        sparse, total = np.zeros(p), np.zeros(p)
        for _ in range(20_000):
            dense = inverse @ (correlation + weight * (sparse - total))
            before = sparse
            sparse = np.sign(dense + total) * np.maximum(np.abs(dense + total) - self.alpha / weight, 0)
            total = total + dense - sparse
            if max(np.abs(dense - sparse).max(), np.abs(sparse - before).max()) < 1e-11 * y.std():
                break
        self.coef_, self.intercept_ = sparse, y.mean() - X.mean(axis=0) @ sparse
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
