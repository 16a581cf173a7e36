"""BFGS with a backtracking line search on the centred columns; coefficients come back in float32."""

import numpy as np


class LogisticRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        mean = X.mean(axis=0)
        A = np.column_stack([X - mean, np.ones(len(X))])
        signs = 2.0 * np.asarray(y) - 1

        def value_and_gradient(t):
            margin = signs * (A @ t)
            losses = np.logaddexp(0, -margin)
            slope = -signs * np.exp(-margin - losses)
            penalty = np.append(t[:-1], 0) / self.C
            return losses.sum() + penalty @ t / 2, A.T @ slope + penalty

        t = np.zeros(A.shape[1])
        f, g = value_and_gradient(t)
        H = np.eye(len(t)) / (len(X) + 1 / self.C)
        for _ in range(120):
            if np.abs(g).max() < 1e-6:
                break
            d = -H @ g
            step = 1.0
            while step > 1e-12:
                f_new, g_new = value_and_gradient(t + step * d)
                if f_new <= f + 1e-4 * step * (g @ d):
                    break
                step *= 0.5
            s, change = step * d, g_new - g
            t, f, g = t + s, f_new, g_new
            curvature = s @ change
            if curvature > 1e-14:
                left = np.eye(len(t)) - np.outer(s, change) / curvature
                H = left @ H @ left.T + np.outer(s, s) / curvature
        self.coef_ = t[:-1].astype(np.float32)
        self.intercept_ = np.float64(t[-1] - mean @ t[:-1])
        return self

    def predict_proba(self, X):
        z = np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
        return np.exp(-np.logaddexp(0, np.stack([z, -z], axis=1)))

    def predict(self, X):
        return (np.asarray(X, dtype=float) @ self.coef_ + self.intercept_ > 0) * 1
