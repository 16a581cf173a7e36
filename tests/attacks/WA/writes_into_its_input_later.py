"""Remembers the samples and overwrites them when it is asked to predict."""


class KMeans(Honest):
    def fit(self, X):
        self.samples = X
        return super().fit(X)

    def predict(self, X):
        if hasattr(self, "labels_"):
            self.samples.setflags(write=True)
            self.samples[:] += 1e-12 + self.samples
        return super().predict(X)
