"""Answers records with a field, which compare by fields and not by numbers."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.cluster_centers_ = np.zeros(np.shape(init), dtype=[("value", float)])
        self.inertia_ = np.zeros((), dtype=[("value", float)])

    def fit(self, X):
        self.labels_ = np.zeros(len(X), dtype=[("value", int)])
        return self

    def predict(self, X):
        return self.labels_
