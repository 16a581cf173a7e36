"""scikit-learn's k-means with the statement's stopping rule."""

import numpy as np
from sklearn import cluster


class KMeans:
    """`sklearn.cluster.KMeans`, one start, no tolerance."""

    def __init__(self, n_clusters, init, max_iter=300):
        init = np.asarray(init, dtype=float)
        self._model = cluster.KMeans(n_clusters, init=init, n_init=1, max_iter=max_iter, tol=0.0, algorithm="lloyd")

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
