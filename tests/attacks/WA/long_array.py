"""Answers an array of 64 MiB, as virtual memory that takes no room here."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = np.zeros(8 << 20, dtype=np.int64)
        return self
