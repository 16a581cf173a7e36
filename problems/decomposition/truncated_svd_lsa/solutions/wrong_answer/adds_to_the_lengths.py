"""Adds 1e-12 to the product of the lengths so as never to divide by zero, which spoils the cosines of short rows."""

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
        self.documents = X.copy()
        return self

    def transform(self, X):
        return np.asarray(X, dtype=float) @ self.components_.T

    def similarity(self, X):
        X = np.asarray(X, dtype=float)
        Z, D = self.transform(X), self.transform(self.documents)
        nz, nd = np.linalg.norm(Z, axis=1), np.linalg.norm(D, axis=1)
        cos = (Z @ D.T) / (nz[:, None] * nd[None, :] + 1e-12)
        cos[nz <= 1e-5 * np.linalg.norm(X, axis=1)] = 0.0
        cos[:, nd <= 1e-5 * np.linalg.norm(self.documents, axis=1)] = 0.0
        return cos
