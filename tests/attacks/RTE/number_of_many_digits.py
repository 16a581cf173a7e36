"""Sends a whole number of a million digits, whose reading takes time that grows with their square."""

import struct, sys

wire = sys.modules["sandbox.wire"]
TEXT = b'{"value": ' + b"9" * 1_000_000 + b"}"


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = lambda stream, header, arrays=(), *rest: stream.sendall(struct.pack("<IQ", len(TEXT), 0) + TEXT)
