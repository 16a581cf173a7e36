"""Multipliers below 0.001 are set to zero, whatever C is."""

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
        for _ in range(50_000):
            up = np.where(y > 0, alpha < C, alpha > 0)
            down = np.where(y > 0, alpha > 0, alpha < C)
            i = int(np.argmax(np.where(up, room, -np.inf)))
            worst = room[i] - np.where(down, room, np.inf).min()
            if worst < 1e-6:
                break
            violation = room[i] - room
            # Equal rows have no curvature between them; the step then goes as far as the box allows.
            curvature = np.maximum(K[i, i] + K.diagonal() - 2 * K[i], 1e-12)
            j = int(np.argmax(np.where(down & (violation > 0), violation**2 / curvature, -1.0)))
            step = violation[j] / curvature[j]
            step = min(step, C - alpha[i] if y[i] > 0 else alpha[i], alpha[j] if y[j] > 0 else C - alpha[j])
            alpha[i] = min(max(alpha[i] + y[i] * step, 0.0), C)
            alpha[j] = min(max(alpha[j] - y[j] * step, 0.0), C)
            room -= step * (K[i] - K[j])
        alpha = np.where(alpha < 1e-3, 0.0, alpha)
        self.alpha_ = alpha
        self.intercept_ = float(room[i] - worst / 2)
        return self

    def decision_function(self, X):
        return self._kernel(np.asarray(X, dtype=float)) @ (self.alpha_ * self.y_) + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
