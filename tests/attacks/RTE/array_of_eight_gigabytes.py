"""Answers one number repeated a thousand million times, which takes eight bytes here and eight gigabytes there."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = np.broadcast_to(np.float64(0), (10**9,))
        return self
