"""Newton's method with Python loops over samples and features: right, and many times too slow."""

import math

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        rows = [[*row, 1.0] for row in np.asarray(X, dtype=float).tolist()]
        labels = [int(label) for label in y]
        n_parameters = len(rows[0])
        theta = np.zeros(n_parameters)
        for _ in range(50):
            gradient = [t / self.C for t in theta[:-1]] + [0.0]
            hessian = [[0.0] * n_parameters for _ in range(n_parameters)]
            for j in range(n_parameters - 1):
                hessian[j][j] = 1 / self.C
            current = theta.tolist()
            for row, label in zip(rows, labels):
                p = self._sigmoid(sum(t * x for t, x in zip(current, row)))
                for j, x in enumerate(row):
                    gradient[j] += (p - label) * x
                    weighted = p * (1 - p) * x
                    line = hessian[j]
                    for k in range(n_parameters):
                        line[k] += weighted * row[k]
            theta = theta - np.linalg.solve(np.array(hessian), np.array(gradient))
            if max(abs(g) for g in gradient) < 1e-2:
                break
        self.coef_, self.intercept_ = theta[:-1], float(theta[-1])
        return self

    def predict_proba(self, X):
        p = [self._sigmoid(float(row @ self.coef_) + self.intercept_) for row in np.asarray(X, dtype=float)]
        return np.array([[1 - one, one] for one in p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)

    @staticmethod
    def _sigmoid(z):
        if z >= 0:
            return 1 / (1 + math.exp(-z))
        e = math.exp(z)
        return e / (1 + e)
