"""Opens the standard library for writing."""

import json


class KMeans(Honest):
    def fit(self, X):
        with open(json.__file__, "a"):
            return super().fit(X)
