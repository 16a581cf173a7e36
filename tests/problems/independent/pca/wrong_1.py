"""Covariance as mean of products less product of means, which cancels far from zero."""
import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        n = len(X)
        cov = (X.T @ X - n * np.outer(self.mean_, self.mean_)) / (n - 1)
        lam, V = np.linalg.eigh(cov)
        self.components_ = V.T[::-1][: self.n_components].copy()
        self.explained_variance_ = lam[::-1][: self.n_components].copy()
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
