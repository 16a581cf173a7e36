"""Keeps labels in 32 bits, where the large ones become others."""

import numpy as np


class GaussianNB:
    def __init__(self, var_smoothing=1e-9):
        self.var_smoothing = var_smoothing

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        self.classes, counts = np.unique(y, return_counts=True)
        smoothing = self.var_smoothing * X.var(axis=0).max()
        self.mean = np.array([X[y == c].mean(axis=0) for c in self.classes])
        self.var = np.array([X[y == c].var(axis=0) for c in self.classes]) + smoothing
        self.prior = counts / len(y)
        return self

    def _joint(self, X):
        X = np.asarray(X, dtype=float)
        squares = (X[:, None, :] - self.mean) ** 2 / self.var
        return np.log(self.prior) - 0.5 * (np.log(2 * np.pi * self.var) + squares).sum(axis=2)

    def predict_log_proba(self, X):
        joint = self._joint(X)
        top = joint.max(axis=1, keepdims=True)
        return joint - top - np.log(np.exp(joint - top).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes.astype(np.int32)[self._joint(X).argmax(axis=1)]
