"""Wrong: the intercept is the mean of y - w x over all support vectors, those at C too."""
import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, C = len(y), float(self.C)
        Z = X - X.mean(axis=0)
        K = Z @ Z.T
        a = np.zeros(n)
        F = y.copy()
        for _ in range(300000):
            up = np.where(y > 0, a < C, a > 0)
            low = np.where(y > 0, a > 0, a < C)
            i = int(np.argmax(np.where(up, F, -np.inf)))
            if not up[i] or not low.any():
                break
            d = F[i] - F
            eta = np.maximum(K[i, i] + np.diag(K) - 2 * K[i], 1e-12)
            gain = np.where(low & (d > 0), d * d / eta, -1.0)
            if np.where(low, d, -np.inf).max() < 1e-5:
                break
            j = int(np.argmax(gain))
            ri = C - a[i] if y[i] > 0 else a[i]
            rj = a[j] if y[j] > 0 else C - a[j]
            t = min(d[j] / eta[j], ri, rj)
            ai = a[i] + y[i] * t if t < ri else (C if y[i] > 0 else 0.0)
            aj = a[j] - y[j] * t if t < rj else (0.0 if y[j] > 0 else C)
            F = F - (ai - a[i]) * y[i] * K[i] - (aj - a[j]) * y[j] * K[j]
            a[i], a[j] = ai, aj
        w = Z.T @ (a * y)
        v = np.sort(y - X @ w)
        p = int((y > 0).sum())
        self.coef_ = w
        self.intercept_ = float((y - X @ w)[a > 1e-8].mean())
        return self

    def decision_function(self, X):
        return np.array(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0.0, 1, -1)
