"""Without a free multiplier, b is the mean of y - f over all support vectors. Breaks "Where none does there is an interval of such b, and any of them is right"."""
import numpy as np


class KernelSVM:
    def __init__(self, C=1.0, gamma=1.0):
        self.C = C
        self.gamma = gamma

    def _kernel(self, A, B):
        d = A[:, None, :] - B[None, :, :]
        return np.exp(-self.gamma * (d ** 2).sum(axis=2))

    def fit(self, X, y):
        self.X_ = X = np.array(X, dtype=float)
        self.y_ = y = np.array(y, dtype=float)
        n, C = len(y), float(self.C)
        K = self._kernel(X, X)
        alpha = np.zeros(n)
        gap = y - K @ (alpha * y)
        for _ in range(200000):
            up = np.where(y > 0, alpha < C, alpha > 0)
            down = np.where(y > 0, alpha > 0, alpha < C)
            i = np.argmax(np.where(up, gap, -np.inf))
            j = np.argmin(np.where(down, gap, np.inf))
            if gap[i] - gap[j] < 1e-5:
                break
            eta = K[i, i] + K[j, j] - 2 * K[i, j]
            room_i = C - alpha[i] if y[i] > 0 else alpha[i]
            room_j = alpha[j] if y[j] > 0 else C - alpha[j]
            step = min(room_i, room_j)
            if eta > 1e-14:
                step = min(step, (gap[i] - gap[j]) / eta)
            alpha[i] += y[i] * step
            alpha[j] -= y[j] * step
            if step == room_i:
                alpha[i] = C if y[i] > 0 else 0.0
            if step == room_j:
                alpha[j] = 0.0 if y[j] > 0 else C
            gap -= step * (K[:, i] - K[:, j])
        self.alpha_ = alpha
        gap = y - K @ (alpha * y)
        free = (alpha > 1e-8 * C) & (alpha < (1 - 1e-8) * C)
        self.intercept_ = float(gap[free].mean() if free.any() else gap[alpha > 0].mean())
        return self

    def decision_function(self, X):
        X = np.asarray(X, dtype=float)
        return self._kernel(X, self.X_) @ (self.alpha_ * self.y_) + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
