"""Computes with an ndarray subclass of its own and answers with it."""


class Points(np.ndarray):
    def nearest(self, centers):
        return np.square(np.asarray(self)[:, None, :] - centers).sum(axis=2).argmin(axis=1).view(Points)


class KMeans(Honest):
    def predict(self, X):
        return np.asarray(X, dtype=float).view(Points).nearest(np.asarray(self.cluster_centers_))
