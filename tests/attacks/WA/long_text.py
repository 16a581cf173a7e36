"""Answers a million letters."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = "x" * 1_000_000
        return self
