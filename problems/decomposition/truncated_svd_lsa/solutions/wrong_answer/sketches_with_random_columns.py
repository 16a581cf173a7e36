"""A sketch of k + 10 random columns and five power steps: it is exact for small matrices, and rough where many values are alike."""

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        k = self.n_components
        rng = np.random.default_rng(0)
        size = min(k + 10, *X.shape)
        Q = np.linalg.qr(X @ rng.normal(size=(X.shape[1], size)))[0]
        for _ in range(5):
            Q = np.linalg.qr(X.T @ Q)[0]
            Q = np.linalg.qr(X @ Q)[0]
        _, s, Vt = np.linalg.svd(Q.T @ X, full_matrices=False)
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
