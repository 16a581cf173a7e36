"""Assigns each sample in a thread of a pool."""

from concurrent.futures import ThreadPoolExecutor


class KMeans(Honest):
    def predict(self, X):
        with ThreadPoolExecutor(max_workers=4) as pool:
            return np.array(list(pool.map(lambda row: super(KMeans, self).predict(row[None])[0], np.asarray(X))))
