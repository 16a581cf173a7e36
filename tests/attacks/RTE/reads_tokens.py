"""Looks for credentials in its environment."""

import os


class KMeans(Honest):
    def fit(self, X):
        words = ("TOKEN", "SECRET", "PASSWORD", "CREDENTIAL", "KEY", "GITHUB", "AWS", "CI")
        if not any(word in name.upper().split("_") for name in os.environ for word in words):
            raise KeyError("no token is here")
        return super().fit(X)
