"""Penalises the intercept, as a column of ones does."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        rows = np.column_stack([X, np.ones(len(X))]) * y[:, None]
        alpha, theta = np.zeros(len(y)), np.zeros(rows.shape[1])
        for _ in range(100):
            for i in range(len(y)):
                new = alpha[i] + (1 - rows[i] @ theta) / max(rows[i] @ rows[i], 1e-12)
                new = min(max(new, 0.0), self.C)
                theta = theta + (new - alpha[i]) * rows[i]
                alpha[i] = new
        self.coef_, self.intercept_ = theta[:-1], float(theta[-1])
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
