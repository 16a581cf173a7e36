"""The threshold holds for queries only, documents are zero only if exactly so. Breaks "Where a projection vanishes the cosine is 0"."""
import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.array(X, dtype=float)
        u, s, vt = np.linalg.svd(X, full_matrices=False)
        k = self.n_components
        self.components_ = vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X ** 2).sum())
        z = X @ self.components_.T
        length = np.linalg.norm(z, axis=1)
        self.docs = z / np.where(length == 0, 1.0, length)[:, None]
        return self

    def _unit(self, X):
        z = X @ self.components_.T
        length = np.linalg.norm(z, axis=1)
        small = length <= 1e-5 * np.linalg.norm(X, axis=1)
        return np.where(small[:, None], 0.0, z / np.where(small, 1.0, length)[:, None])

    def transform(self, X):
        return np.asarray(X, dtype=float) @ self.components_.T

    def similarity(self, X):
        return self._unit(np.asarray(X, dtype=float)) @ self.docs.T
