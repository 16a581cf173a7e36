"""Leaves a file somewhere else than in the folder that is emptied after it."""

import os


class KMeans(Honest):
    def fit(self, X):
        for folder in ("/", "/dev", "/var/tmp", "/run", "/usr", "/usr/lib", "/etc", "/root", "/home"):
            path = os.path.join(folder, "left")
            try:
                open(path, "w").close()
            except OSError:
                continue
            os.unlink(path)
            return super().fit(X)
        raise PermissionError("nothing can be written")
