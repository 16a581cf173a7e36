import numpy as np


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter

    @staticmethod
    def _distances(X, centers):
        D = np.empty((len(X), len(centers)))
        for k, c in enumerate(centers):
            diff = X - c
            D[:, k] = np.einsum("ij,ij->i", diff, diff)
        return D

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        C = np.array(self.init, dtype=float)
        labels = self._distances(X, C).argmin(axis=1)
        for _ in range(self.max_iter):
            for k in range(len(C)):
                members = X[labels == k]
                if len(members):
                    C[k] = members.mean(axis=0)
            new = self._distances(X, C).argmin(axis=1)
            same = np.array_equal(new, labels)
            labels = new
            if same:
                break
        self.cluster_centers_ = C
        self.labels_ = labels
        self.inertia_ = float(((X - C[labels]) ** 2).sum())
        return self

    def predict(self, X):
        return self._distances(np.asarray(X, dtype=float), self.cluster_centers_).argmin(axis=1)
