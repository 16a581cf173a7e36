"""Multiplies matrices, for which BLAS has threads and memory of its own."""


class KMeans(Honest):
    def fit(self, X):
        square = np.ones((300, 300))
        assert (square @ square)[0, 0] == 300
        np.linalg.svd(square)
        return super().fit(X)
