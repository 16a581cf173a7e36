"""Sends one array and names it sixty-four times, so that the judge makes an array of half a gibibyte of it."""

import sys

wire = sys.modules["sandbox.wire"]
send = wire.send


class KMeans(Honest):
    @property
    def inertia_(self):
        wire.send = lambda stream, header, arrays=(), *rest: send(stream, {"value": [{"array": 0}] * 64}, [np.zeros(1 << 20)])
        return self.inertia

    @inertia_.setter
    def inertia_(self, value):
        self.inertia = value
