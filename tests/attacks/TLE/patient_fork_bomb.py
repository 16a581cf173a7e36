"""Forks until there are three hundred processes, and takes no refusal for an answer for eight seconds."""

import os, time

started, end = 0, time.monotonic() + 8
while started < 300 and time.monotonic() < end:
    try:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        started += 1
    except OSError:
        pass
if started < 300:
    os._exit(1)

KMeans = Honest
