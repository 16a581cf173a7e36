"""Truncated SVD and latent semantic analysis."""
import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.array(X, dtype=float)
        _, s, Vt = np.linalg.svd(X, full_matrices=False)
        k = self.n_components
        self.components_ = Vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X ** 2).sum())
        self._docs = self._directions(X)
        return self

    def transform(self, X):
        return np.asarray(X, dtype=float) @ self.components_.T

    def _directions(self, X):
        X = np.asarray(X, dtype=float)
        Z = self.transform(X)
        length = np.linalg.norm(Z, axis=1)
        gone = length <= 1e-5 * np.linalg.norm(X, axis=1)
        out = Z / np.where(gone, 1.0, length)[:, None]
        out[gone] = 0
        return out

    def similarity(self, X):
        return self._directions(X) @ self._docs.T
