"""Answers a list in a list in a list, a thousand deep."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        for _ in range(1000):
            self.labels_ = [self.labels_]
        return self
