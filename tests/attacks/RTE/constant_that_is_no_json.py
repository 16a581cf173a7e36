"""Sends NaN as a bare word, which Python's own JSON reader takes."""

import struct, sys

wire = sys.modules["sandbox.wire"]
TEXT = b'{"value": NaN}'


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = lambda stream, header, arrays=(), *rest: stream.sendall(struct.pack("<IQ", len(TEXT), 0) + TEXT)
