"""Starts three hundred threads."""

import threading, time


class KMeans(Honest):
    def fit(self, X):
        threading.stack_size(32 << 10)
        for _ in range(300):
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        return super().fit(X)
