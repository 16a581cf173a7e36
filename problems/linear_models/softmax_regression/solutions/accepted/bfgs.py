"""BFGS with backtracking on one long vector; the first class's intercept is fixed at zero."""

import numpy as np


class SoftmaxRegression:
    def __init__(self, C=1.0):
        self.C = C

    def _unpack(self, v):
        K, d = self._shape
        return v[: K * d].reshape(K, d), np.concatenate([[0.0], v[K * d :]])

    def _value_and_gradient(self, v):
        W, b = self._unpack(v)
        Z = self._X @ W.T + b
        log_total = np.logaddexp.reduce(Z, axis=1)
        rows = np.arange(len(Z))
        value = (log_total - Z[rows, self._codes]).sum() + (W**2).sum() / (2 * self.C)
        G = np.exp(Z - log_total[:, None])
        G[rows, self._codes] -= 1
        return value, np.concatenate([(G.T @ self._X + W / self.C).ravel(), G.sum(axis=0)[1:]])

    def fit(self, X, y):
        self._X = np.asarray(X, dtype=float)
        self.classes_, self._codes = np.unique(y, return_inverse=True)
        K, d = self._shape = len(self.classes_), self._X.shape[1]
        v = np.zeros(K * d + K - 1)
        value, g = self._value_and_gradient(v)
        H = np.eye(len(v)) / len(self._X)
        for _ in range(400):
            if np.abs(g).max() < 1e-6:
                break
            direction = -H @ g
            size = 1.0
            while size > 1e-12:
                new_value, new_g = self._value_and_gradient(v + size * direction)
                if new_value <= value + 1e-4 * size * (g @ direction):
                    break
                size /= 2
            s, t = size * direction, new_g - g
            if s @ t > 1e-14:
                rho = 1 / (s @ t)
                V = np.eye(len(v)) - rho * np.outer(s, t)
                H = V @ H @ V.T + rho * np.outer(s, s)
            v, value, g = v + s, new_value, new_g
        self.coef_, self.intercept_ = self._unpack(v)
        return self

    def predict_proba(self, X):
        Z = np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_
        return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
