"""Answers complex centres; the difference may hide in the part that a real comparison drops."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.cluster_centers_ = self.cluster_centers_ + 1e3j
        return self

    def predict(self, X):
        return np.zeros(len(X), int)
