"""Answers rows of different lengths."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.cluster_centers_ = [[0.0] * (1 + k) for k in range(self.n_clusters)]
        return self

    def predict(self, X):
        return np.zeros(len(X), int)
