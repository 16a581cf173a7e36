"""Has slots for its state, and properties for what fit has found."""


class KMeans:
    __slots__ = ("_model",)

    def __init__(self, n_clusters, init, max_iter=300):
        self._model = Honest(n_clusters, init, max_iter)

    def fit(self, X):
        self._model.fit(X)
        return self

    def predict(self, X):
        return self._model.predict(X)

    @property
    def cluster_centers_(self):
        return self._model.cluster_centers_

    @property
    def labels_(self):
        return self._model.labels_

    @property
    def inertia_(self):
        return self._model.inertia_
