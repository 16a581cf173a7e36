"""Makes a list instead of a model, which has no method of the name that is asked for."""


class KMeans(list):
    def __new__(cls, n_clusters, init, max_iter=300):
        return []
