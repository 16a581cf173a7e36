"""Signals every process that it may; SIGCONT stands for SIGKILL, so that nothing is hurt where it works."""

import os, signal


class KMeans(Honest):
    def fit(self, X):
        os.kill(-1, signal.SIGCONT)
        return super().fit(X)
