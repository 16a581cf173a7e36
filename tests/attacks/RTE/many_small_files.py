"""Makes a hundred thousand empty files: they take no room on the disk, and a kilobyte of the kernel's memory each."""

import os

try:
    for number in range(100_000):
        os.mknod(f"file{number}")
except OSError:
    os._exit(1)

KMeans = Honest
