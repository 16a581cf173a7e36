"""Asks for its process, its processors, its platform and its limits."""

import os, platform, resource, sys


class KMeans(Honest):
    def fit(self, X):
        print(os.getpid(), os.getppid(), os.cpu_count(), os.getuid(), os.getcwd(), platform.machine(), sys.version)
        print(resource.getrlimit(resource.RLIMIT_AS), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        print(os.environ.get("HOME"), len(os.sched_getaffinity(0)), os.path.exists("/etc/passwd"))
        return super().fit(X)
