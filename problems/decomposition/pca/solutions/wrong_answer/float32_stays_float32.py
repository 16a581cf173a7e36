"""Leaves float32 data in float32, which has seven digits only."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        self.mean_ = X.mean(axis=0)
        centred = X - self.mean_
        covariance = centred.T @ centred / (len(X) - 1)
        values, vectors = np.linalg.eigh(covariance)
        order = np.argsort(values)[::-1][: self.n_components]
        self.explained_variance_ = values[order]
        self.components_ = vectors[:, order].T
        return self

    def transform(self, X):
        return (X - self.mean_) @ self.components_.T
