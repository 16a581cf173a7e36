"""Imports parts of the standard library and of NumPy inside its methods."""


class KMeans(Honest):
    def fit(self, X):
        import collections, csv, decimal, heapq, inspect, pickle, queue, sqlite3, statistics, uuid
        import numpy.fft, numpy.ma, numpy.polynomial

        assert statistics.mean([1, 2, 3]) == 2
        assert "def fit" in inspect.getsource(KMeans)
        assert pickle.loads(pickle.dumps(np.asarray(X))).shape == np.shape(X)
        return super().fit(X)
