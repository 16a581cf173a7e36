"""Looks which networks can be reached from here."""


class KMeans(Honest):
    def fit(self, X):
        with open("/proc/net/route") as table:
            if not list(table)[1:]:
                raise ConnectionError("there is no route")
        return super().fit(X)
