"""Sends its answer a byte at a time, each soon enough to keep a reader waiting that counts from the last one."""

import sys, time

wire, frames = sys.modules["sandbox.wire"], sys.modules["sandbox.frames"]
send = wire.send


def trickle(stream, header, arrays=(), *rest):
    wire.send = send
    frame = frames.pack(header)
    for place in range(40):
        stream.sendall(frame[place : place + 1])
        time.sleep(0.2)
    stream.sendall(frame[40:])


wire.send = trickle
KMeans = Honest
