"""Makes a hundred thousand names for one file, which a limit on files may not count."""

import os

try:
    open("file", "w").close()
    for number in range(100_000):
        os.link("file", f"link{number}")
except OSError:
    os._exit(1)

KMeans = Honest
