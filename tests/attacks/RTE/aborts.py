"""Aborts, which dumps core where that is allowed."""

import os


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        os.abort()
