"""Prints without end."""


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        line = "x" * 9999
        for _ in range(100_000):
            print(line)
