"""Opens the file that reboots and kills at the stroke of a key."""


class KMeans(Honest):
    def fit(self, X):
        with open("/proc/sysrq-trigger", "a"):
            return super().fit(X)
