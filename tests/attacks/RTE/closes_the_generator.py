"""Raises GeneratorExit, which no handler of ordinary exceptions catches."""


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        raise GeneratorExit
