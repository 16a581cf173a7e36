"""Makes arrays of 100 MiB in between, one after the other, well within its memory."""


class KMeans(Honest):
    def fit(self, X):
        for _ in range(3):
            np.ones(100 << 17).sum()
        return super().fit(X)
