"""Has another process print a gigabyte while it loads."""

import os

child = os.fork()
if child == 0:
    for _ in range(1 << 14):
        os.write(1, bytes(1 << 16))
    os._exit(0)
os.waitpid(child, 0)

KMeans = Honest
