"""Stops the power iteration after 1000 steps, before near singular values are told apart."""

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        k = self.n_components
        gram, Vt = X.T @ X, np.zeros((k, X.shape[1]))
        for row in range(k):
            v = np.random.default_rng(row).normal(size=X.shape[1])
            for _ in range(1000):
                v = v - Vt[:row].T @ (Vt[:row] @ v)
                v = gram @ (v / (np.linalg.norm(v) or 1.0))
            v = v - Vt[:row].T @ (Vt[:row] @ v)
            Vt[row] = v / (np.linalg.norm(v) or 1.0)
        s = np.linalg.norm(X @ Vt.T, axis=0)
        self.components_ = Vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X**2).sum())
        self.documents = self._directions(X)
        return self

    def transform(self, X):
        return np.asarray(X, dtype=float) @ self.components_.T

    def _directions(self, X):
        X = np.asarray(X, dtype=float)
        Z = self.transform(X)
        lengths = np.linalg.norm(Z, axis=1)
        vanished = lengths <= 1e-5 * np.linalg.norm(X, axis=1)
        lengths[vanished] = 1.0
        Z[vanished] = 0.0
        return Z / lengths[:, None]

    def similarity(self, X):
        return self._directions(X) @ self.documents.T
