"""Answers labels plus 0.4, which are right once they are rounded."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_ + 0.4
        return self
