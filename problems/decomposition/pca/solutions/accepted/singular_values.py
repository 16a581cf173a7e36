"""Right singular vectors of the centred data; returns plain lists."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.k = n_components

    def fit(self, X):
        X = np.array(X, dtype=np.float64)
        n = X.shape[0]
        mean = np.sum(X, axis=0) / n
        X -= mean
        _, s, Vt = np.linalg.svd(X, full_matrices=False)
        self.mean_ = mean.tolist()
        self.components_ = Vt[: self.k].tolist()
        self.explained_variance_ = [float(value) ** 2 / (n - 1) for value in s[: self.k]]
        return self

    def transform(self, X):
        V = np.array(self.components_).T
        return np.asarray(X, dtype=np.float64) @ V - np.array(self.mean_) @ V
