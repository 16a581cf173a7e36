"""Needs a gigabyte for a moment only: the distances between all pairs of twelve thousand numbers."""


class KMeans(Honest):
    def fit(self, X):
        many = np.arange(12e3)
        np.abs(many[:, None] - many).max()
        return super().fit(X)
