"""Recurses without end, as a forgotten base case does."""


class KMeans(Honest):
    def fit(self, X):
        return self.fit(X)
