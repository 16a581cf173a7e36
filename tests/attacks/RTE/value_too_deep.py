"""Sends a list in a list in a list, deeper than the judge should follow, as JSON that is well formed."""

import sys

wire = sys.modules["sandbox.wire"]
send = wire.send


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        deep = 0
        for _ in range(400):
            deep = [deep]
        wire.send = lambda stream, header, arrays=(), *rest: send(stream, {"value": deep})
