"""Writes half a gibibyte into files that exist in memory alone and are mapped by nobody."""

import os

try:
    for _ in range(16):
        hoard = os.memfd_create("hoard")
        for _ in range(32):
            os.write(hoard, bytes(1 << 20))
except OSError:
    raise MemoryError from None

KMeans = Honest
