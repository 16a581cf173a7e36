"""Eigenvectors of the smaller one of X X^T and X^T X."""

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        self._X = X = np.array(X, dtype=float)
        n, d = X.shape
        values, vectors = np.linalg.eigh(X @ X.T if n < d else X.T @ X)
        first = np.argsort(values)[::-1][: self.n_components]
        self.singular_values_ = np.sqrt(np.maximum(values[first], 0))
        self.components_ = vectors[:, first].T
        if n < d:
            self.components_ = self.components_ @ X / self.singular_values_[:, None]
        self.explained_share_ = values[first].sum() / np.trace(X.T @ X)
        return self

    def transform(self, X):
        return np.einsum("ij,kj->ik", np.asarray(X, dtype=float), self.components_)

    def similarity(self, X):
        X = np.asarray(X, dtype=float)
        a, b = self.transform(X), self.transform(self._X)
        length_a, length_b = np.sqrt((a**2).sum(axis=1)), np.sqrt((b**2).sum(axis=1))
        products = length_a[:, None] * length_b
        known = np.outer(
            length_a > 1e-5 * np.sqrt((X**2).sum(axis=1)), length_b > 1e-5 * np.sqrt((self._X**2).sum(axis=1))
        )
        return np.where(known, (a @ b.T) / np.where(known, products, 1), 0)
