"""Returns early without core samples and leaves the core indices of the fit before; breaks 'empty where there is none' and 'fit can be called again on other data'."""
import numpy as np


class DBSCAN:
    def __init__(self, eps, min_samples):
        self.eps = eps
        self.min_samples = min_samples
        self.core_sample_indices_ = np.zeros(0, dtype=int)

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        n = len(X)
        dist = np.sqrt(((X[:, None, :] - X[None, :, :]) ** 2).sum(axis=2))
        near = dist <= self.eps
        core = near.sum(axis=1) >= self.min_samples
        labels = np.full(n, -1)
        if not core.any():
            self.labels_ = labels
            return self
        cluster = 0
        for i in range(n):
            if not core[i] or labels[i] != -1:
                continue
            labels[i] = cluster
            stack = [i]
            while stack:
                p = stack.pop()
                for q in np.flatnonzero(near[p]):
                    if labels[q] == -1:
                        labels[q] = cluster
                        if core[q]:
                            stack.append(q)
            cluster += 1
        self.labels_ = labels
        self.core_sample_indices_ = np.flatnonzero(core)
        return self
