"""Newton's method on hinges with a rounded kink, which is made sharper until it no longer matters."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
        mean = X.mean(axis=0)
        A = np.hstack([X - mean, np.ones((len(y), 1))]) * y[:, None]
        penalised = np.append(np.ones(X.shape[1]), 0.0)
        theta = np.zeros(len(penalised))
        width = 2.0
        # Rounding lowers each hinge by half a width at most.
        while width > 1e-6:
            width /= 3.0
            theta = self._minimise(A, penalised, theta, width)
        self.coef_ = theta[:-1]
        self.intercept_ = float(theta[-1] - theta[:-1] @ mean)
        return self

    def _minimise(self, A, penalised, theta, width):
        for _ in range(30):
            lack = 1.0 - A @ theta
            slope = np.clip(lack / width, 0.0, 1.0)
            gradient = penalised * theta - self.C * A.T @ slope
            curved = A[(lack > 0) & (lack < width)]
            # Where no sample lies on a rounded kink the intercept has no curvature of its own.
            hessian = np.diag(penalised + 1e-6) + self.C / width * curved.T @ curved
            step = -np.linalg.solve(hessian, gradient)
            before, size = self._value(A, penalised, theta, width), 1.0
            while self._value(A, penalised, theta + size * step, width) > before + 1e-4 * size * gradient @ step:
                size /= 2.0
                if size < 1e-10:
                    return theta
            theta = theta + size * step
            if -gradient @ step < 1e-10 * before:
                break
        return theta

    def _value(self, A, penalised, theta, width):
        lack = 1.0 - A @ theta
        losses = np.where(lack < width, np.maximum(lack, 0.0) ** 2 / (2 * width), lack - width / 2)
        return 0.5 * penalised @ theta**2 + self.C * losses.sum()

    def decision_function(self, X):
        return np.asarray(X, dtype=np.float64) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
