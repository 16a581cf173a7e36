"""Adds up squares recursively, five thousand calls deep."""

import sys

sys.setrecursionlimit(10_000)


def total(values, start=0):
    return values[start] + total(values, start + 1) if start < len(values) else 0.0


class KMeans(Honest):
    def fit(self, X):
        assert total([1.0] * 5_000) == 5_000
        super().fit(X)
        differences = np.asarray(X, dtype=float) - self.cluster_centers_[self.labels_]
        self.inertia_ = total([float(np.square(row).sum()) for row in differences])
        return self
