"""Prints a gigabyte on standard error."""

import sys


class KMeans(Honest):
    def fit(self, X):
        for _ in range(100_000):
            sys.stderr.write("x" * 9999 + "\n")
        return super().fit(X)
