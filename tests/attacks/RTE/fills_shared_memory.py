"""Writes half a gibibyte into /dev/shm, a file system in memory."""


class KMeans(Honest):
    def fit(self, X):
        for number in range(16):
            with open(f"/dev/shm/file{number}", "wb") as file:
                for _ in range(32):
                    file.write(bytes(1 << 20))
        return super().fit(X)
