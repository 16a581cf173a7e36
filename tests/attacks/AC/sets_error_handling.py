"""Has NumPy raise where numbers overflow, for as long as it computes."""


class KMeans(Honest):
    def fit(self, X):
        with np.errstate(all="raise", under="ignore"):
            return super().fit(X)
