"""Sends a frame whose header is to be four gibibytes long."""

import struct, sys

wire = sys.modules["sandbox.wire"]


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = lambda stream, header, arrays=(), *rest: stream.sendall(struct.pack("<IQ", 0xFFFFFFFF, 0) + b"{}" * 64)
