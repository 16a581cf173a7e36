"""Is a function that makes no model."""


def KMeans(n_clusters, init, max_iter=300):
    return 3
