"""Turns the signs of components_ after the scores' directions are fixed, so the two disagree."""

import numpy as np


class PCA:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        centred = X - self.mean_
        covariance = centred.T @ centred / (len(X) - 1)
        values, vectors = np.linalg.eigh(covariance)
        order = np.argsort(values)[::-1][: self.n_components]
        self.explained_variance_ = values[order]
        self.directions = vectors[:, order]
        rows = self.directions.T
        largest = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)]
        self.components_ = rows * np.sign(largest)[:, None]
        self.directions = self.directions * -np.sign(largest)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.directions
