"""Lets the softmax run over the samples instead of the classes."""

import numpy as np


class SoftmaxRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        Y = (np.asarray(y)[:, None] == self.classes_).astype(float)
        with_ones = np.column_stack([X, np.ones(len(X))])
        rate = 1.0 / (np.linalg.norm(with_ones, 2) ** 2 / 2 + 1 / self.C)
        W, b = np.zeros((len(self.classes_), X.shape[1])), np.zeros(len(self.classes_))
        for _ in range(200):
            error = self._softmax((X @ W.T + b).T).T - Y
            grad_W = error.T @ X + W / self.C
            grad_b = error.sum(axis=0)
            W = W - rate * grad_W
            b = b - rate * grad_b
            if max(np.abs(grad_W).max(), np.abs(grad_b).max()) < 1e-4:
                break
        self.coef_, self.intercept_ = W, b
        return self

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    @staticmethod
    def _softmax(Z):
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
