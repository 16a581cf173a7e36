"""Moves the partner as if the labels were equal, though they may differ."""

import numpy as np


class KernelSVM:
    def __init__(self, C=1.0, gamma=1.0):
        self.C = C
        self.gamma = gamma

    def _kernel(self, A, B):
        return np.array([np.exp(-self.gamma * ((B - row) ** 2).sum(axis=1)) for row in A])

    def fit(self, X, y):
        self.X, self.y = np.array(X, dtype=float), np.array(y, dtype=float)
        y, C, n = self.y, self.C, len(self.y)
        K = self._kernel(self.X, self.X)
        alpha, room = np.zeros(n), y.copy()
        for _ in range(10):
            for i in range(n):
                grows = np.where(y > 0, alpha < C, alpha > 0)
                shrinks = np.where(y > 0, alpha > 0, alpha < C)
                least = int(np.argmin(np.where(shrinks, room, np.inf)))
                greatest = int(np.argmax(np.where(grows, room, -np.inf)))
                if grows[i] and room[i] - room[least] > 5e-4:
                    j = least
                elif shrinks[i] and room[greatest] - room[i] > 5e-4:
                    j = greatest
                else:
                    continue
                old = alpha[[i, j]]
                if y[i] == y[j]:
                    low, high = max(0.0, alpha[i] + alpha[j] - C), min(C, alpha[i] + alpha[j])
                else:
                    low, high = max(0.0, alpha[j] - alpha[i]), min(C, C + alpha[j] - alpha[i])
                curvature = max(K[i, i] + K[j, j] - 2 * K[i, j], 1e-12)
                alpha[j] = min(max(alpha[j] + y[j] * (room[j] - room[i]) / curvature, low), high)
                alpha[i] += old[1] - alpha[j]
                # Rounding must not leave a multiplier a hair away from its bound.
                alpha[i] = 0.0 if alpha[i] < 1e-12 * C else C if alpha[i] > C - 1e-12 * C else alpha[i]
                room -= (alpha[i] - old[0]) * y[i] * K[i] + (alpha[j] - old[1]) * y[j] * K[j]
        self.alpha_ = alpha
        is_free = (alpha > 0) & (alpha < C)
        if is_free.any():
            self.intercept_ = float(room[is_free].mean())
        else:
            self.intercept_ = float(room[grows].max() + room[shrinks].min()) / 2
        return self

    def decision_function(self, X):
        return self._kernel(np.asarray(X, dtype=float), self.X) @ (self.alpha_ * self.y) + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
