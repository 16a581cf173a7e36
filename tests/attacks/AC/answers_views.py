"""Answers views: every second element of something larger, read-only and backwards in memory."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.cluster_centers_ = np.repeat(self.cluster_centers_[::-1], 2, axis=0)[::-2]
        self.cluster_centers_.flags.writeable = False
        self.labels_ = np.repeat(self.labels_, 2)[::2]
        return self
