"""Limits its own processor time and its own priority."""

import os, resource


class KMeans(Honest):
    def fit(self, X):
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (5, most))
        os.nice(1)
        return super().fit(X)
