"""Answers a list that holds a smaller one twice, and so on: thirteen lists here, sixteen thousand there."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = 0
        for _ in range(13):
            self.labels_ = [self.labels_, self.labels_]
        return self
