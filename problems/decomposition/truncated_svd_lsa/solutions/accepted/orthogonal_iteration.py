"""Orthogonal iteration on X^T X with a few vectors to spare, until the directions rest; then a small decomposition."""

import math

import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        width = min(self.n_components + 3, *X.shape)
        basis = np.linalg.qr(np.random.default_rng(0).normal(size=(X.shape[1], width)))[0]
        for _ in range(5000):
            turned = np.linalg.qr(X.T @ (X @ basis))[0]
            k = self.n_components
            moved = np.abs(turned[:, :k] - basis[:, :k] @ (basis[:, :k].T @ turned[:, :k])).max()
            basis = turned
            if moved < 1e-13:
                break
        _, values, rotation = np.linalg.svd(X @ basis, full_matrices=False)
        self.components_ = (rotation @ basis.T)[: self.n_components]
        self.singular_values_ = values[: self.n_components]
        self.explained_share_ = float(np.sum(self.singular_values_**2) / np.sum(X * X))
        self._documents = X.copy()
        return self

    def transform(self, X):
        return np.dot(X, self.components_.T)

    @staticmethod
    def _cosine(row, projection, other_row, other_projection):
        lengths = []
        for whole, part in ((row, projection), (other_row, other_projection)):
            length = math.sqrt(float(part @ part))
            if length <= 1e-5 * math.sqrt(float(whole @ whole)):
                return 0.0
            lengths.append(length)
        return float(projection @ other_projection) / (lengths[0] * lengths[1])

    def similarity(self, X):
        X = np.asarray(X, dtype=float)
        mine, theirs = self.transform(X), self.transform(self._documents)
        return [
            [self._cosine(x, z, document, other) for document, other in zip(self._documents, theirs)]
            for x, z in zip(X, mine)
        ]
