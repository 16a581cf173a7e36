"""Newton's method with halved steps where a full one goes uphill."""

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        A = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
        penalty = np.full(A.shape[1], 1 / self.C)
        penalty[0] = 0
        theta = np.zeros(A.shape[1])

        def objective(t):
            z = A @ t
            return np.logaddexp(0, z).sum() - z @ y + (penalty * t * t).sum() / 2

        for _ in range(100):
            p = self._sigmoid(A @ theta)
            gradient = A.T @ (p - y) + penalty * theta
            if np.linalg.norm(gradient) < 1e-9:
                break
            step = np.linalg.solve(A.T @ (A * (p * (1 - p))[:, None]) + np.diag(penalty), gradient)
            while objective(theta - step) > objective(theta) and np.abs(step).max() > 1e-12:
                step = step / 2
            theta = theta - step
        self.intercept_, self.coef_ = theta[0], theta[1:]
        return self

    def predict_proba(self, X):
        p = self._sigmoid(X @ self.coef_ + self.intercept_)
        return np.array([1 - p, p]).T

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)

    @staticmethod
    def _sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
