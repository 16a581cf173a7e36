"""Shrinks the coefficients only for samples that pay nothing: the penalty counts always."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n = len(y)
        w, b = np.zeros(X.shape[1]), 0.0
        for t in range(1, 101):
            rate = 1 / (t + 10)
            for i in range(n):
                if y[i] * (X[i] @ w + b) < 1:
                    w = w + rate * self.C * y[i] * X[i]
                    b += rate * self.C * y[i]
                else:
                    w = w - rate * w / n
        self.coef_, self.intercept_ = w, float(b)
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
