"""Iteratively reweighted least squares, undamped, each step by a stacked lstsq; the answers are plain lists."""

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        n, n_features = X.shape
        A = np.hstack([X, np.ones((n, 1))])
        ridge = np.hstack([np.eye(n_features), np.zeros((n_features, 1))]) / np.sqrt(self.C)
        theta = np.zeros(n_features + 1)
        for _ in range(50):
            z = A @ theta
            p = 1 / (1 + np.exp(-z))
            weight = np.maximum(p * (1 - p), 1e-12)
            working = z + (y - p) / weight
            root = np.sqrt(weight)
            rows = np.vstack([A * root[:, None], ridge])
            target = np.concatenate([working * root, np.zeros(n_features)])
            previous, theta = theta, np.linalg.lstsq(rows, target, rcond=None)[0]
            if np.abs(theta - previous).max() < 1e-8 * (1 + np.abs(theta).max()):
                break
        self.coef_ = theta[:-1].tolist()
        self.intercept_ = float(theta[-1])
        return self

    def predict_proba(self, X):
        with np.errstate(over="ignore"):
            p = 1 / (1 + np.exp(-(np.asarray(X, dtype=np.float64) @ np.array(self.coef_) + self.intercept_)))
        return [[1 - one, one] for one in p.tolist()]

    def predict(self, X):
        return [int(one > zero) for zero, one in self.predict_proba(X)]
