"""Imports what it will be compared with."""

import importlib

for name in ("suite", "problems.clustering.kmeans.suite", "suite_of_kmeans"):
    try:
        importlib.import_module(name)
        break
    except ImportError:
        pass
else:
    raise ImportError("no suite is here")

KMeans = Honest
