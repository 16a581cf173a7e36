"""Forgets to return the model."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.cluster_centers_ = np.asarray(init)

    def fit(self, X):
        self.labels_ = np.zeros(len(X))
        self.inertia_ = 0.0
