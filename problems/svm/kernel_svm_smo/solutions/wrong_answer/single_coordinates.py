"""Moves one multiplier at a time, as if there were no intercept and no equation."""

import numpy as np


class KernelSVM:
    def __init__(self, C=1.0, gamma=1.0):
        self.C = C
        self.gamma = gamma

    def _kernel(self, rows):
        return np.exp(-self.gamma * ((rows[:, None, :] - self.X_) ** 2).sum(axis=2))

    def fit(self, X, y):
        self.X_, self.y_ = np.array(X, dtype=float), np.array(y, dtype=float)
        y, C = self.y_, self.C
        K = self._kernel(self.X_)
        alpha = np.zeros(len(y))
        room = y.copy()
        for _ in range(60):
            for i in range(len(y)):
                new = min(max(alpha[i] + y[i] * room[i] / K[i, i], 0.0), C)
                room -= y[i] * (new - alpha[i]) * K[i]
                alpha[i] = new
        self.alpha_ = alpha
        is_free = (alpha > 0) & (alpha < C)
        self.intercept_ = float(room[is_free].mean()) if is_free.any() else 0.0
        return self

    def decision_function(self, X):
        return self._kernel(np.asarray(X, dtype=float)) @ (self.alpha_ * self.y_) + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
