"""Writes a gigabyte past Python's own output, straight to the descriptor, while it loads."""

import os

for _ in range(1 << 14):
    os.write(1, bytes(1 << 16))

KMeans = Honest
