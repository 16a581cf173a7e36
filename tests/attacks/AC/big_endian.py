"""Answers numbers with the most significant byte first, as they come from some files."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_.astype(">i8")
        self.cluster_centers_ = self.cluster_centers_.astype(">f8")
        return self
