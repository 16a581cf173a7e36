"""Answers a list that is its own only element."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = []
        self.labels_.append(self.labels_)
        return self
