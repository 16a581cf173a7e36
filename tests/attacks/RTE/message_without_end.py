"""Raises an exception whose message is fifty million letters long."""


class Wordy(Exception):
    def __str__(self):
        return "x" * 50_000_000


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        raise Wordy
