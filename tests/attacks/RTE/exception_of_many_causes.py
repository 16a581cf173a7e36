"""Raises an exception with ten thousand others behind it."""


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        error = ValueError("the first")
        for number in range(10_000):
            following = ValueError(number)
            following.__cause__ = following.__context__ = error
            error = following
        raise error
