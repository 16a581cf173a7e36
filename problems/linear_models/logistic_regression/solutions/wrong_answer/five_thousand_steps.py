"""Takes 5,000 steps of gradient descent and no more, which is seldom too few."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        A = np.column_stack([np.asarray(X, dtype=float), np.ones(len(X))])
        penalty = np.full(A.shape[1], 1 / self.C)
        penalty[-1] = 0
        theta = np.zeros(A.shape[1])
        rate = 1 / (np.linalg.norm(A, 2) ** 2 / 4 + 1 / self.C)
        for _ in range(5000):
            gradient = A.T @ (sigmoid(A @ theta) - y) + penalty * theta
            theta = theta - rate * gradient
        self.coef_, self.intercept_ = theta[:-1], float(theta[-1])
        return self

    def predict_proba(self, X):
        p = sigmoid(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)
