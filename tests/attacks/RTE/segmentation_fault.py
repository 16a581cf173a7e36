"""Reads address zero."""

import ctypes


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        ctypes.string_at(0)
