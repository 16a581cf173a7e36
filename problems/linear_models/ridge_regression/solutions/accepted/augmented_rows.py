"""Least squares with one more row for each coefficient, sqrt(alpha) times the identity; returns lists."""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n_features = X.shape[1]
        samples = np.hstack([X, np.ones((len(X), 1))])
        penalty = np.hstack([np.sqrt(self.alpha) * np.eye(n_features), np.zeros((n_features, 1))])
        rows, values = np.vstack([samples, penalty]), np.append(y, np.zeros(n_features))
        *coef, intercept = np.linalg.lstsq(rows, values, rcond=None)[0].tolist()
        self.coef_, self.intercept_ = coef, intercept
        return self

    def predict(self, X):
        return (np.asarray(X, dtype=float) @ np.array(self.coef_) + self.intercept_).tolist()
