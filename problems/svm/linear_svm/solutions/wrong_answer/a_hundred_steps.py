"""Stops after a hundred steps of constant length."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        rows = np.column_stack([X, np.ones(len(X))]) * y[:, None]
        theta = np.zeros(rows.shape[1])
        rate = 1 / (1 + 0.1 * self.C * np.linalg.norm(rows, 2) ** 2)
        for _ in range(100):
            margins = rows @ theta
            gradient = -self.C * ((margins < 1) @ rows)
            gradient[:-1] += theta[:-1]
            theta = theta - rate * gradient
        self.coef_, self.intercept_ = theta[:-1], float(theta[-1])
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
