"""Power iteration with deflation from a vector of ones, to which a component may be orthogonal. Breaks "The components are the right singular vectors v_1, ..., v_k" for data with negative entries."""
import numpy as np


class LatentSemanticAnalysis:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.array(X, dtype=float)
        k = self.n_components
        G = X.T @ X
        rows, values = [], []
        for _ in range(k):
            v = np.ones(X.shape[1])
            for _ in range(4000):
                for r in rows:
                    v = v - (r @ v) * r
                v = v / (np.linalg.norm(v) or 1.0)
                v = G @ v
            for r in rows:
                v = v - (r @ v) * r
            v = v / (np.linalg.norm(v) or 1.0)
            rows.append(v)
            values.append(np.linalg.norm(X @ v))
        vt, s = np.array(rows), np.array(values)
        self.components_ = vt[:k]
        self.singular_values_ = s[:k]
        self.explained_share_ = float((s[:k] ** 2).sum() / (X ** 2).sum())
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
