"""Writes a gibibyte into one file."""

import os

try:
    with open("big", "wb") as file:
        for _ in range(1024):
            file.write(bytes(1 << 20))
except OSError:
    os._exit(1)

KMeans = Honest
