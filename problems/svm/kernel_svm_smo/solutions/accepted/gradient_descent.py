"""Accelerated projected gradient steps on the dual; the projection is exact."""

import numpy as np


class KernelSVM:
    def __init__(self, C=1.0, gamma=1.0):
        self.C = C
        self.gamma = gamma

    def _kernel(self, A, B):
        squares = (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T
        return np.exp(-self.gamma * np.maximum(squares, 0))

    def _project(self, v, y):
        """Return the nearest point of the box with sum(alpha * y) = 0."""
        # The sum falls with the multiplier of the equation, in straight pieces between these kinks.
        kinks = np.sort(np.concatenate([v * y, (v - self.C) * y]))
        sums = np.clip(v - kinks[:, None] * y, 0, self.C) @ y
        return np.clip(v - np.interp(0, -sums, kinks) * y, 0, self.C)

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.X_, self.y_ = X - self.mean_, y
        K = self._kernel(self.X_, self.X_)
        Q = K * np.outer(y, y)
        rate = 1 / np.linalg.norm(Q, 2)
        alpha = ahead = np.zeros(len(y))
        momentum = 1.0
        for _ in range(2_000):
            new = self._project(ahead + rate * (1 - Q @ ahead), y)
            before, momentum = momentum, (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            # Momentum that points downhill is forgotten.
            if (new - alpha) @ (ahead - new) > 0:
                before = momentum = 1.0
            ahead = new + (before - 1) / momentum * (new - alpha)
            moved, alpha = np.abs(new - alpha).max(), new
            if moved < 1e-6 * self.C:
                break
        self.alpha_ = alpha
        room = y - K @ (alpha * y)
        inside = 1e-4 * self.C
        below = np.where(y > 0, alpha < self.C - inside, alpha > inside)
        above = np.where(y > 0, alpha > inside, alpha < self.C - inside)
        self.intercept_ = float(room[below].max() + room[above].min()) / 2
        return self

    def decision_function(self, X):
        K = self._kernel(np.asarray(X, dtype=float) - self.mean_, self.X_)
        return K @ (self.alpha_ * self.y_) + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
