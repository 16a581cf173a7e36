"""Keeps the processor busy for as long as it may."""

import time


class KMeans(Honest):
    def fit(self, X):
        end = time.process_time() + 8
        while time.process_time() < end:
            pass
        return super().fit(X)
