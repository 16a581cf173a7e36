"""Measures how long it takes with every clock, and prints it."""

import time


class KMeans(Honest):
    def fit(self, X):
        started = time.perf_counter(), time.process_time(), time.time(), time.thread_time()
        super().fit(X)
        print(time.perf_counter() - started[0], time.process_time() - started[1], time.strftime("%H:%M"))
        time.sleep(0.001)
        return self
