"""Stops when the inertia falls by less than a millionth of itself."""

import numpy as np
class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter
    def _d(self, X, c):
        return ((X[:, None, :] - c[None]) ** 2).sum(axis=2)
    def fit(self, X):
        X = np.asarray(X, float)
        c = np.array(self.init, float)
        prev = np.inf
        tol = 0.0
        pass
        for _ in range(self.max_iter):
            lab = self._d(X, c).argmin(axis=1)
            new = np.array([X[lab == k].mean(axis=0) if (lab == k).any() else c[k] for k in range(self.n_clusters)])
            shift = ((new - c) ** 2).sum()
            c = new
            inertia = self._d(X, c).min(axis=1).sum()
            if abs(prev - inertia) <= 1e-6 * inertia: break
            prev = inertia
        D = self._d(X, c)
        self.cluster_centers_, self.labels_, self.inertia_ = c, D.argmin(axis=1), D.min(axis=1).sum()
        return self
    def predict(self, X):
        return self._d(np.asarray(X, float), self.cluster_centers_).argmin(axis=1)
