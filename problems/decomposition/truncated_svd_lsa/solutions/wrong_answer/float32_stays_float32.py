"""Leaves float32 data in float32, which has seven digits only."""

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X)
        k = self.n_components
        U, s, Vt = np.linalg.svd(X, full_matrices=False)
        self.components_ = Vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X**2).sum())
        self.documents = self._directions(X)
        return self

    def transform(self, X):
        return np.asarray(X) @ self.components_.T

    def _directions(self, X):
        X = np.asarray(X)
        Z = self.transform(X)
        lengths = np.linalg.norm(Z, axis=1)
        vanished = lengths <= 1e-5 * np.linalg.norm(X, axis=1)
        lengths[vanished] = 1.0
        Z[vanished] = 0.0
        return Z / lengths[:, None]

    def similarity(self, X):
        return self._directions(X) @ self.documents.T
