"""Penalty by additional rows of alpha instead of the root of alpha."""
import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        xm, ym = X.mean(axis=0), y.mean()
        Xc = X - xm
        G = Xc.T @ Xc + self.alpha ** 2 * np.eye(X.shape[1])
        self.coef_ = np.linalg.solve(G, Xc.T @ (y - ym))
        self.intercept_ = float(ym - xm @ self.coef_)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
