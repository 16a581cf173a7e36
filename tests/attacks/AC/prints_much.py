"""Prints half a mebibyte, which is below the cap."""


class KMeans(Honest):
    def __init__(self, n_clusters, init, max_iter=300):
        super().__init__(n_clusters, init, max_iter)
        print(("x" * 1023 + "\n") * 256)
