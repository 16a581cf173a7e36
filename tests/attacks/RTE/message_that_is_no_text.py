"""Raises an exception whose message is a number."""


class Wordless(Exception):
    def __str__(self):
        return 5


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        raise Wordless
