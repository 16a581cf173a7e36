"""Asks for 2 GiB at once."""


class KMeans(Honest):
    def fit(self, X):
        self.hoard = np.ones(2 << 27)
        return super().fit(X)
