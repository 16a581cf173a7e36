"""Rounds distances to eight decimals, and takes what lies barely beyond a small eps for equal to it."""

import math


class DBSCAN:
    def __init__(self, eps, min_samples):
        self.eps = eps
        self.min_samples = min_samples

    def fit(self, X):
        points = [tuple(map(float, row)) for row in X]
        near = [[j for j, q in enumerate(points) if round(math.dist(p, q), 8) <= self.eps] for p in points]
        labels = [None] * len(points)
        cluster = 10
        for i in range(len(points)):
            if labels[i] is not None:
                continue
            if len(near[i]) < self.min_samples:
                labels[i] = -1
                continue
            cluster += 3
            labels[i] = cluster
            waiting = list(near[i])
            while waiting:
                j = waiting.pop()
                if labels[j] == -1:
                    labels[j] = cluster
                if labels[j] is not None:
                    continue
                labels[j] = cluster
                if len(near[j]) >= self.min_samples:
                    waiting.extend(near[j])
        self.labels_ = labels
        self.core_sample_indices_ = [i for i in range(len(points)) if len(near[i]) >= self.min_samples]
        return self
