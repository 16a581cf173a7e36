"""Lets a list grow to 2 GiB."""


class KMeans(Honest):
    def fit(self, X):
        self.hoard = [0.0]
        while len(self.hoard) < 1 << 28:
            self.hoard += self.hoard
        return super().fit(X)
