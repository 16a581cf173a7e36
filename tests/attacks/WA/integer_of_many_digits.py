"""Answers ten to the power of five thousand as the inertia."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.inertia_ = 10**5000
        return self
