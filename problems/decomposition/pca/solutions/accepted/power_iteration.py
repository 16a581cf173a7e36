"""One component after the other by power iteration; each is taken out of the covariance before the next."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = np.mean(X, axis=0)
        covariance = np.atleast_2d(np.cov(X, rowvar=False))
        rng = np.random.default_rng(0)
        self.components_ = np.empty((self.n_components, X.shape[1]))
        self.explained_variance_ = np.empty(self.n_components)
        for k in range(self.n_components):
            v = rng.normal(size=X.shape[1])
            v /= np.linalg.norm(v)
            for _ in range(4000):
                before = v
                v = covariance @ v
                v /= np.linalg.norm(v)
                if np.linalg.norm(v - before) < 1e-12:
                    break
            self.components_[k] = v
            self.explained_variance_[k] = v @ covariance @ v
            covariance = covariance - self.explained_variance_[k] * np.outer(v, v)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
