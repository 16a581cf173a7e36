"""Answers text that no file and no terminal can hold."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = "\ud800" * 10
        return self
