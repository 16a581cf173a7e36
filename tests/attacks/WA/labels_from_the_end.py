"""Counts labels from the end, as Python's indices may: label -1 is the last centre."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_ - self.n_clusters
        return self
