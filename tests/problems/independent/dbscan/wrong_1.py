"""Squared distances by |x|^2 + |y|^2 - 2xy, which cancel far from zero."""
from collections import deque

import numpy as np


class DBSCAN:
    def __init__(self, eps, min_samples):
        self.eps = eps
        self.min_samples = min_samples

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        n = len(X)
        sq = (X ** 2).sum(axis=1)
        dist = np.sqrt(np.maximum(sq[:, None] + sq[None, :] - 2 * X @ X.T, 0))
        near = dist <= self.eps
        core = near.sum(axis=1) >= self.min_samples
        labels = np.full(n, -1)
        cluster = 0
        for i in range(n):
            if not core[i] or labels[i] != -1:
                continue
            labels[i] = cluster
            queue = deque([i])
            while queue:
                j = queue.popleft()
                if not core[j]:
                    continue
                for k in np.flatnonzero(near[j] & (labels == -1)):
                    labels[k] = cluster
                    queue.append(k)
            cluster += 1
        self.labels_ = labels
        self.core_sample_indices_ = np.flatnonzero(core)
        return self
