"""Sets limits for the process that starts runs, so that it starts none any more; to what they are, to do no harm."""

import os, resource


class KMeans(Honest):
    def fit(self, X):
        now = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
        resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, now)
        return super().fit(X)
