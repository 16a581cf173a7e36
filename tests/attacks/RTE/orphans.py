"""Has three hundred grandchildren whose parents are gone, so that they are counted with somebody else."""

import os, time

for _ in range(300):
    try:
        child = os.fork()
        if child == 0 and os.fork() == 0:
            os.setsid()
            os.closerange(3, 256)
            time.sleep(60)
    except OSError:
        os._exit(1)
    if child == 0:
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        os._exit(1)

KMeans = Honest
