"""Raises StopIteration, which ends whatever loop it gets into without a word."""


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        raise StopIteration
