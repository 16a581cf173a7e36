"""Makes a node for the first disk in its own folder."""

import os, stat


class KMeans(Honest):
    def fit(self, X):
        os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
        os.unlink("disk")
        return super().fit(X)
