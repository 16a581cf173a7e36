"""The intercept is a coefficient of a column of ones and is penalised like the others."""
import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        xm, ym = np.zeros(X.shape[1]), 0.0
        Xc = np.hstack([X, np.ones((len(X), 1))])
        G = Xc.T @ Xc + self.alpha * np.eye(Xc.shape[1])
        w = np.linalg.solve(G, Xc.T @ y)
        self.coef_, self.intercept_ = w[:-1], float(w[-1])
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
