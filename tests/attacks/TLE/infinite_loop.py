"""Never answers, and keeps the processor busy."""


class KMeans:
    def __init__(self, n_clusters, init, max_iter=300):
        while True:
            pass
