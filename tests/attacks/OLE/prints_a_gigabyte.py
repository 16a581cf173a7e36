"""Prints a gigabyte."""


class KMeans(Honest):
    def fit(self, X):
        for _ in range(100_000):
            print("x" * 9999)
        return super().fit(X)
