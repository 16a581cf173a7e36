"""Marks a module that is imported already, for a later case that starts from the same process."""

import json

SEEN = hasattr(json, "left")
json.left = True


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise AttributeError("nothing is left")
        return super().fit(X)
