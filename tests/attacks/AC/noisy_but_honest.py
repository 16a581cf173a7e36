"""Prints a lot, warns, recurses and starts a thread, as honest code may."""

import sys, threading, warnings


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


class KMeans(Honest):
    def fit(self, X):
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(20_000)
        assert deep(5_000) == 5_000
        sys.setrecursionlimit(limit)
        threading.Thread(target=sum, args=([1, 2],)).start()
        warnings.warn("just so")
        print("fitted " * 1000)
        np.log(np.zeros(1))
        return super().fit(X)
