"""The null space is not cut off: singular values of rounding noise are inverted."""
import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        if self.fit_intercept:
            xm, ym = X.mean(axis=0), y.mean()
        else:
            xm, ym = np.zeros(X.shape[1]), 0.0
        U, s, Vt = np.linalg.svd(X - xm, full_matrices=False)
        keep = s > 0 if s[0] > 0 else np.zeros(len(s), bool)
        self.coef_ = Vt[keep].T @ ((U[:, keep].T @ (y - ym)) / s[keep])
        self.intercept_ = float(ym - xm @ self.coef_)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
