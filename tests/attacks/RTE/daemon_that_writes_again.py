"""Leaves a process behind that writes its file anew whenever the folder is emptied."""

import os, time

SEEN = False
for _ in range(10):
    SEEN = SEEN or os.path.exists("left")
    time.sleep(0.01)
if not SEEN and os.fork() == 0:
    os.setsid()
    os.closerange(3, 256)
    for _ in range(2000):
        open("left", "w").close()
        time.sleep(0.01)
    os._exit(0)


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise FileNotFoundError("nothing is left")
        return super().fit(X)
