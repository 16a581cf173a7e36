"""Fills half a gibibyte of socket buffers, which are the kernel's memory and no process's."""

import os, socket, time


def fill():
    """Return a hundred pairs of sockets, full of what nobody reads."""
    pairs = [socket.socketpair() for _ in range(100)]
    for end in sum(pairs, ()):
        end.setblocking(False)
        try:
            while True:
                end.send(bytes(1 << 16))
        except BlockingIOError:
            pass
    return pairs


reading, writing = os.pipe()
try:
    for _ in range(16):
        if os.fork() == 0:
            pairs = fill()
            os.write(writing, b"x")
            time.sleep(30)
            os._exit(len(pairs))
    os.close(writing)
    for _ in range(16):
        if not os.read(reading, 1):
            raise MemoryError
except OSError:
    raise MemoryError from None

KMeans = Honest
