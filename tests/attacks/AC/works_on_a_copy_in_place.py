"""Centres a copy of the samples in place, and shifts the centres back at the end."""


class KMeans(Honest):
    def fit(self, X):
        shifted = np.array(X, dtype=float)
        middle = shifted.mean(axis=0)
        shifted -= middle
        given, self.init = self.init, self.init - middle
        super().fit(shifted)
        self.init = given
        self.cluster_centers_ += middle
        return self
