"""Answers labels as points in time, which NumPy keeps as whole numbers."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_.astype("datetime64[s]")
        return self
