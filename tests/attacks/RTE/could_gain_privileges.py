"""Looks whether a program with the set-user-id bit would still raise its privileges."""


class KMeans(Honest):
    def fit(self, X):
        with open("/proc/self/status") as status:
            if "NoNewPrivs:\t1" in status.read():
                raise PermissionError("no new privileges")
        return super().fit(X)
