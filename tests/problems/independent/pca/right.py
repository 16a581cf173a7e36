import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        C = X - self.mean_
        _, s, Vt = np.linalg.svd(C, full_matrices=False)
        self.components_ = Vt[: self.n_components].copy()
        self.explained_variance_ = s[: self.n_components] ** 2 / (len(X) - 1)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
