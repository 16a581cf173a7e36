"""Sends the first bytes of a frame and leaves."""

import os, sys

wire = sys.modules["sandbox.wire"]


def forge(stream, header, arrays=(), *rest):
    stream.sendall(b"\x02\0\0\0")
    os._exit(0)


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = forge
