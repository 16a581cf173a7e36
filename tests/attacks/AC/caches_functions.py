"""Caches distances by point, as functools offers."""

import functools


class KMeans(Honest):
    def predict(self, X):
        @functools.cache
        def nearest(point):
            return int(np.square(self.cluster_centers_ - point).sum(axis=1).argmin())

        return np.array([nearest(tuple(row)) for row in np.asarray(X, dtype=float).tolist()])
