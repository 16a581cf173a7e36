"""Whether a document's projection has vanished is decided by the longest document's length, not by its own."""

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        k = self.n_components
        U, s, Vt = np.linalg.svd(X, full_matrices=False)
        self.components_ = Vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X**2).sum())
        Z = X @ self.components_.T
        n = np.linalg.norm(Z, axis=1)
        keep = n > 1e-5 * np.linalg.norm(X, axis=1).max()
        self.documents = np.where(keep[:, None], Z / np.where(keep, n, 1.0)[:, None], 0.0)
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
