"""Shares its hoard out among ten processes, each below the limit."""

import os, time

reading, writing = os.pipe()
for _ in range(10):
    if os.fork() == 0:
        hoard = b"x" * (100 << 20)
        os.write(writing, hoard[:1])
        time.sleep(30)
        os._exit(0)
for _ in range(10):
    os.read(reading, 1)
time.sleep(0.2)

KMeans = Honest
