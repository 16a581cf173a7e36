"""Answers labels as np.matrix, which is two-dimensional for good."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = np.asmatrix(self.labels_)
        return self
