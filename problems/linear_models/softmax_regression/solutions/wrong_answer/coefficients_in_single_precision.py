"""Keeps coefficients in the precision of the samples: float32 makes large scores too coarse."""

import numpy as np


class SoftmaxRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        precision = X.dtype
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        n, d = X.shape
        K = len(self.classes_)
        A = np.hstack([X, np.ones((n, 1))])
        Y = np.eye(K)[codes]
        penalty = np.append(np.full(d, 1 / self.C), 0.0)
        theta = np.zeros((K, d + 1))
        for _ in range(100):
            P = self._probabilities(A @ theta.T)
            gradient = (P - Y).T @ A + penalty * theta
            if np.abs(gradient).max() < 1e-9 * n:
                break
            H = np.zeros((K, d + 1, K, d + 1))
            for k in range(K):
                for l in range(K):
                    weight = P[:, k] * ((k == l) - P[:, l])
                    H[k, :, l, :] = (A.T * weight) @ A
                H[k, :, k, :] += np.diag(penalty)
            size = K * (d + 1)
            step = np.linalg.lstsq(H.reshape(size, size), gradient.ravel(), rcond=1e-12)[0]
            theta = theta - step.reshape(K, d + 1)
        self.coef_, self.intercept_ = theta[:, :-1].astype(precision), theta[:, -1].astype(precision)
        return self

    @staticmethod
    def _probabilities(Z):
        return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])

    def predict_proba(self, X):
        return self._probabilities(X @ self.coef_.T + self.intercept_)

    def predict(self, X):
        return self.classes_[np.argmax(np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_, axis=1)]
