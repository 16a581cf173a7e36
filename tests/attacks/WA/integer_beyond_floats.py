"""Answers ten to the power of three hundred and eight as every label: no array of numbers holds it."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = [10**308] * len(X)
        return self
