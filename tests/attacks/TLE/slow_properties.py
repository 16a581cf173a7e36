"""Answers each question just fast enough; all of them together take too long."""

import time


class KMeans(Honest):
    def __getattribute__(self, name):
        if name in ("fit", "cluster_centers_", "labels_", "inertia_"):
            time.sleep(1.0)
        return super().__getattribute__(name)
