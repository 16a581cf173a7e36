"""Catches SIGXCPU and goes on."""

import signal

signal.signal(signal.SIGXCPU, signal.SIG_IGN)


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        while True:
            pass
