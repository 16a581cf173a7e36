"""Answers a NumPy scalar as large as an array."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.inertia_ = np.void(1_000_000)
        return self
