"""Takes fifty power steps for each sample and component, thousands at least: right, and hundreds of times too slow."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        rest = X - self.mean_
        variances, components = [], []
        for index in range(self.n_components):
            v = np.random.default_rng(index).normal(size=X.shape[1])
            for _ in range(50 * max(len(X), 80)):
                v = rest.T @ (rest @ v)
                v /= np.linalg.norm(v)
            variances.append(np.square(rest @ v).sum() / (len(X) - 1))
            components.append(v)
            rest = rest - np.outer(rest @ v, v)
        self.explained_variance_ = np.array(variances)
        self.components_ = np.array(components)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
