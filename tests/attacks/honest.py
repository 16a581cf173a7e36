"""A correct k-means for attacks to build on: what succeeds with its attack goes on to answer right.

It is Lloyd's algorithm as the statement pins it down: centres start at `init`,
a tie goes to the lowest index (`argmin` takes the first), a centre without
samples stays where it is, and the only stopping rule is that no label changes.
Squared differences, not dot products, keep their digits far from zero; `X` and
`init` are copied, since they belong to the caller.
"""

import numpy as np


class Honest:
    """Clusters around centres that start at `init`."""

    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = np.array(init, dtype=float)
        self.max_iter = max_iter

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.cluster_centers_ = self.init.copy()
        labels = self.predict(X)
        for _ in range(self.max_iter):
            for k in np.unique(labels):
                self.cluster_centers_[k] = X[labels == k].mean(axis=0)
            before, labels = labels, self.predict(X)
            if np.array_equal(before, labels):
                break
        self.labels_ = labels
        self.inertia_ = np.square(X - self.cluster_centers_[labels]).sum()
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        return np.square(X[:, None, :] - self.cluster_centers_).sum(axis=2).argmin(axis=1)
