"""Never answers, and does nothing."""

import time


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        time.sleep(3600)
