"""Switches the garbage collector off while it computes, and keeps weak references."""

import gc, weakref


class KMeans(Honest):
    alive = weakref.WeakSet()

    def fit(self, X):
        KMeans.alive.add(self)
        gc.disable()
        try:
            return super().fit(X)
        finally:
            gc.enable()
            gc.collect()

    def __del__(self):
        print("gone")
