"""Writes a gibibyte into its folder, in files that are each small enough."""

import os

try:
    for number in range(64):
        with open(f"file{number}", "wb") as file:
            for _ in range(16):
                file.write(bytes(1 << 20))
except OSError:
    os._exit(1)

KMeans = Honest
