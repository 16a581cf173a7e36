"""Makes a hundred thousand empty files in a file system in memory, a kilobyte of the kernel's memory each."""

import os

try:
    for number in range(100_000):
        os.mknod(f"/dev/shm/file{number}")
except OSError:
    os._exit(1)

KMeans = Honest
