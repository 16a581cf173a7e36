"""Takes 2 GiB in pieces of 1 MiB, each of which is no more than honest code asks for."""


class KMeans(Honest):
    def fit(self, X):
        self.hoard = [bytearray(b"x" * (1 << 20)) for _ in range(2048)]
        return super().fit(X)
