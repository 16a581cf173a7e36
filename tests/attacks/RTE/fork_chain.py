"""Starts a process that starts a process, three hundred deep."""

import os

first = os.getpid()
for _ in range(300):
    try:
        child = os.fork()
    except OSError:
        os._exit(1)
    if child:
        failed = os.waitpid(child, 0)[1] != 0
        if os.getpid() == first and not failed:
            break
        os._exit(1 if failed else 0)
else:
    os._exit(0)

KMeans = Honest
