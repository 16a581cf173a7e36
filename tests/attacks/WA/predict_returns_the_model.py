"""Answers itself."""


class KMeans(Honest):
    def predict(self, X):
        return self if hasattr(self, "labels_") else super().predict(X)
