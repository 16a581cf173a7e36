"""Leaves a file in a folder that not even its owner may list or enter."""

import os

SEEN = os.path.exists("locked")
if not SEEN:
    os.makedirs("locked/inside")
    open("locked/inside/left", "w").close()
    os.chmod("locked/inside", 0)
    os.chmod("locked", 0)


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise FileNotFoundError("nothing is left")
        return super().fit(X)
