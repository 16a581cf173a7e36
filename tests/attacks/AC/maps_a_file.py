"""Keeps its samples in a file that is mapped into memory."""


class KMeans(Honest):
    def fit(self, X):
        mapped = np.memmap("samples", dtype=float, mode="w+", shape=np.shape(X))
        mapped[:] = X
        super().fit(mapped)
        self.cluster_centers_ = np.array(self.cluster_centers_)
        return self
