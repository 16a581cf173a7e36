"""min_samples comes before eps, which is another interface."""

import numpy as np


class DBSCAN:
    def __init__(self, min_samples, eps):
        self.eps = eps
        self.min_samples = min_samples

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        squared = ((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2)
        is_near = squared <= self.eps**2
        is_core = is_near.sum(axis=1) >= self.min_samples
        labels = np.full(len(X), -1)
        cluster = 0
        for start in np.flatnonzero(is_core):
            if labels[start] >= 0:
                continue
            members = np.zeros(len(X), dtype=bool)
            newest = np.zeros(len(X), dtype=bool)
            newest[start] = True
            while newest.any():
                members |= newest
                newest = is_near[newest].any(axis=0) & is_core & ~members
            labels[members] = cluster
            cluster += 1
        for i in np.flatnonzero(~is_core):
            friends = np.flatnonzero(is_near[i] & is_core)
            if len(friends):
                labels[i] = labels[friends[0]]
        self.labels_ = labels
        self.core_sample_indices_ = np.flatnonzero(is_core)
        return self
