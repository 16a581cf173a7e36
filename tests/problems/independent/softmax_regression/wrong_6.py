"""Scores are computed in float32. Breaks: 'predict_proba is the softmax of X @ coef_.T + intercept_ to an absolute 1e-5' where 'scores [are] of the order of a thousand'."""
import numpy as np


class SoftmaxRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        self.classes_, codes = np.unique(np.asarray(y), return_inverse=True)
        codes = codes.reshape(-1)
        n, p = X.shape
        K = len(self.classes_)
        A = np.column_stack([X, np.ones(n)])
        Y = np.eye(K)[codes]
        damp = np.append(np.full(p, 1 / self.C), 0.0)
        T = np.zeros((K, p + 1))
        for step in range(60):
            P = _softmax(A @ T.T)
            G = (P - Y).T @ A + damp * T
            H = np.zeros((K, p + 1, K, p + 1))
            for k in range(K):
                for l in range(K):
                    w = P[:, k] * ((k == l) - P[:, l])
                    H[k, :, l, :] = (A * w[:, None]).T @ A
                H[k, :, k, :] += np.diag(damp)
            m = K * (p + 1)
            move = np.linalg.lstsq(H.reshape(m, m), G.reshape(m), rcond=1e-12)[0].reshape(K, p + 1)
            T = T - move
            if np.abs(move).max() < 1e-9:
                break
        self.coef_ = T[:, :p].copy()
        self.intercept_ = T[:, p].copy()
        return self

    def _scores(self, X):
        X = np.asarray(X, dtype=np.float32)
        return X @ self.coef_.T.astype(np.float32) + self.intercept_.astype(np.float32)

    def predict_proba(self, X):
        return _softmax(self._scores(X))

    def predict(self, X):
        return self.classes_[self._scores(X).argmax(axis=1)]


def _softmax(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
