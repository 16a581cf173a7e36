"""Has numbers where methods were asked for."""

import numpy as np


class KMeans:
    predict = 3

    def __init__(self, n_clusters, init, max_iter=300):
        self.cluster_centers_ = np.asarray(init)
        self.fit = 1.5
