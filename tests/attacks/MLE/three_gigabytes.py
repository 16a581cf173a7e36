"""Asks for 3 GiB at once."""

import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.hoard = np.ones(3 << 27)
