"""Wrong: decision_function drops multipliers below a hundredth of C as if they were zero."""
import numpy as np


class KernelSVM:
    def __init__(self, C=1.0, gamma=1.0):
        self.C = C
        self.gamma = gamma

    def _kernel(self, A, B):
        d = ((A[:, None, :] - B[None, :, :]) ** 2).sum(axis=2)
        return np.exp(-self.gamma * d)

    def fit(self, X, y):
        X = np.array(X, dtype=np.float64)
        y = np.array(y, dtype=np.float64)
        n, C = len(y), float(self.C)
        K = self._kernel(X, X)
        alpha = np.zeros(n)
        F = y.copy()  # y_i - sum_j alpha_j y_j k_ij
        for _ in range(200000):
            up = np.where(y > 0, alpha < C, alpha > 0)
            low = np.where(y > 0, alpha > 0, alpha < C)
            i = int(np.argmax(np.where(up, F, -np.inf)))
            j = int(np.argmin(np.where(low, F, np.inf)))
            gap = F[i] - F[j]
            if gap < 1e-6:
                break
            eta = max(K[i, i] + K[j, j] - 2 * K[i, j], 1e-12)
            room_i = C - alpha[i] if y[i] > 0 else alpha[i]
            room_j = alpha[j] if y[j] > 0 else C - alpha[j]
            t = min(gap / eta, room_i, room_j)
            ai, aj = alpha[i] + y[i] * t, alpha[j] - y[j] * t
            if t == room_i:
                ai = C if y[i] > 0 else 0.0
            if t == room_j:
                aj = 0.0 if y[j] > 0 else C
            F -= (ai - alpha[i]) * y[i] * K[i] + (aj - alpha[j]) * y[j] * K[j]
            alpha[i], alpha[j] = ai, aj
        up = np.where(y > 0, alpha < C, alpha > 0)
        low = np.where(y > 0, alpha > 0, alpha < C)
        self.alpha_ = alpha
        self.intercept_ = float((F[up].max() + F[low].min()) / 2)
        sv = alpha > 1e-2 * C
        self._X, self._ay = X[sv], (alpha * y)[sv]
        return self

    def decision_function(self, X):
        X = np.array(X, dtype=np.float64)
        return self._kernel(X, self._X) @ self._ay + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
