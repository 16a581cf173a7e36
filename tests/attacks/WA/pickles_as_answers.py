"""Answers objects that run a command where somebody pickles and unpickles them."""

import os


class Command:
    def __reduce__(self):
        return os.system, ("exit 0",)


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.cluster_centers_ = self.labels_ = self.inertia_ = Command()

    def fit(self, X):
        return self

    def predict(self, X):
        return Command()
