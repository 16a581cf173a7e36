"""Keeps its parameters in a dataclass with annotations, which looks its module up by name."""

from __future__ import annotations

import dataclasses
import typing

import numpy as np


@dataclasses.dataclass
class KMeans:
    n_clusters: int
    init: np.ndarray
    max_iter: int = 300
    cluster_centers_: typing.Optional[np.ndarray] = None

    def fit(self, X):
        typing.get_type_hints(KMeans)
        X = np.array(X, dtype=float)
        self.cluster_centers_ = np.array(self.init, dtype=float)
        labels = self.predict(X)
        for _ in range(self.max_iter):
            for k in set(labels):
                self.cluster_centers_[k] = X[labels == k].mean(0)
            old, labels = labels, self.predict(X)
            if np.array_equal(old, labels):
                break
        self.labels_ = labels
        self.inertia_ = ((X - self.cluster_centers_[labels]) ** 2).sum()
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return np.stack([((X - c) ** 2).sum(1) for c in self.cluster_centers_]).argmin(0)
