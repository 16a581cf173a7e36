"""A second fit with as many samples starts from the multipliers of the first, for which sum a y need not be 0 with the new labels. Breaks: fit can be called again on other data."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        C = self.C
        n = len(y)
        K = X @ X.T
        a = getattr(self, 'dual_', np.zeros(0))
        a = np.minimum(a, C) if len(a) == n else np.zeros(n)
        g = 1 - y * (K @ (a * y))
        tol = 1e-7
        for _ in range(200000):
            f = y * g
            up = ((y > 0) & (a < C)) | ((y < 0) & (a > 0))
            low = ((y > 0) & (a > 0)) | ((y < 0) & (a < C))
            i = int(np.argmax(np.where(up, f, -np.inf)))
            j = int(np.argmin(np.where(low, f, np.inf)))
            if f[i] - f[j] < tol:
                break
            eta = max(K[i, i] + K[j, j] - 2 * K[i, j], 1e-12)
            step = (f[i] - f[j]) / eta
            step = min(step, C - a[i] if y[i] > 0 else a[i], a[j] if y[j] > 0 else C - a[j])
            a[i] += y[i] * step
            a[j] -= y[j] * step
            for k in (i, j):
                if a[k] < 1e-12 * C:
                    a[k] = 0.0
                if a[k] > C * (1 - 1e-12):
                    a[k] = C
            g -= y * step * (K[:, i] - K[:, j])
        self.dual_ = a
        self.coef_ = X.T @ (a * y)
        f = y - X @ self.coef_
        free = (a > 1e-6 * C) & (a < C * (1 - 1e-6))
        up = ((y > 0) & (a < C)) | ((y < 0) & (a > 0))
        low = ((y > 0) & (a > 0)) | ((y < 0) & (a < C))
        if free.any():
            b = f[free].mean()
        else:
            b = (f[up].max() + f[low].min()) / 2
        self.intercept_ = float(b)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
