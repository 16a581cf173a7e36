"""Sets columns to zero that np.allclose calls constant, also where they vary and lie far from zero."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        centred = np.where([np.allclose(column, column[0]) for column in X.T], 0.0, X - self.mean_)
        covariance = centred.T @ centred / (len(X) - 1)
        values, vectors = np.linalg.eigh(covariance)
        order = np.argsort(values)[::-1][: self.n_components]
        self.explained_variance_ = values[order]
        self.components_ = vectors[:, order].T
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
