"""Leaves three hundred dead children that nobody waits for: each still takes a place in the process table."""

import os

for _ in range(300):
    try:
        child = os.fork()
    except OSError:
        os._exit(1)
    if child == 0:
        os._exit(0)

KMeans = Honest
