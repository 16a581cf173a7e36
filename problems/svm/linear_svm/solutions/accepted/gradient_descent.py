"""Subgradient steps for the coefficients alone, each from the intercept that is best for them."""

import numpy as np


class LinearSVM:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n_positive, n_steps = int((y > 0).sum()), 5_000
        w, total = np.zeros(X.shape[1]), np.zeros(X.shape[1])
        for t in range(1, n_steps + 1):
            # Sample i has its kink at b = y_i - w.x_i: right of it a negative one pays, left of it a positive one.
            # As many pay on either side where n_positive kinks are to the left: there b is best.
            order = np.argsort(y - X @ w)
            negative, positive = order[:n_positive], order[n_positive:]
            paying = X[positive[y[positive] > 0]].sum(axis=0) - X[negative[y[negative] < 0]].sum(axis=0)
            w = w - 2 / (t + 1) * (w - self.C * paying)
            total += t * w
        self.coef_ = total / (n_steps * (n_steps + 1) / 2)
        kinks = np.sort(y - X @ self.coef_)
        self.intercept_ = float(kinks[n_positive - 1] + kinks[n_positive]) / 2
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
