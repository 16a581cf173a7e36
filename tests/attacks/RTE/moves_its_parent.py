"""Decides on which processors the process that starts runs may run; on those it had, to do no harm."""

import os


class KMeans(Honest):
    def fit(self, X):
        os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))
        return super().fit(X)
