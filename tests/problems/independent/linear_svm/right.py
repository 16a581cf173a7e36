"""Subgradient steps for w with the best b each time, averaged in proportion to t."""
import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    @staticmethod
    def _best_b(s, y, p):
        v = np.sort(y - s)  # the slope in b starts at -p and grows by one at each of these
        return 0.5 * (v[p - 1] + v[p])

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        p = int((y > 0).sum())
        w = np.zeros(X.shape[1])
        avg = np.zeros_like(w)
        total = 0.0
        for t in range(1, 5001):
            s = X @ w
            b = self._best_b(s, y, p)
            active = y * (s + b) < 1
            g = w - self.C * (X.T @ (y * active))
            total += t
            avg += (w - avg) * (t / total)
            w = w - 2 / (t + 1) * g
        self.coef_ = avg
        self.intercept_ = float(self._best_b(X @ avg, y, p))
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
