"""Shares its hoard out among forty processes, each so small that it passes for what it was forked from."""

import os, time

reading, writing = os.pipe()
for _ in range(40):
    if os.fork() == 0:
        hoard = b"x" * (14 << 20)
        os.write(writing, hoard[:1])
        time.sleep(30)
        os._exit(0)
for _ in range(40):
    os.read(reading, 1)
time.sleep(0.2)

KMeans = Honest
