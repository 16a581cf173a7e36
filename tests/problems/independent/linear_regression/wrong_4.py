"""fit goes on from the coefficients that are there; breaks 'fit can be called again on other data' with another number of columns."""
import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, p = X.shape
        if self.fit_intercept:
            mx, my = X.mean(axis=0), y.mean()
        else:
            mx, my = np.zeros(p), 0.0
        A, t = X - mx, y - my
        w = self.coef_.copy() if hasattr(self, "coef_") else np.zeros(p)
        w = w + np.linalg.lstsq(A, t - A @ w, rcond=1e-10)[0]
        self.coef_ = w
        self.intercept_ = float(my - mx @ w)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
