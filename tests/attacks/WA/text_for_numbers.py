"""Answers labels as text, which some comparisons convert."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_.astype(str)
        return self
