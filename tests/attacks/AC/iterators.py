"""Works with generators and itertools instead of arrays, and answers lists."""

import itertools, operator


def squared(a, b):
    return sum(map(operator.pow, map(operator.sub, a, b), itertools.repeat(2)))


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = list(self.nearest(X))
        self.cluster_centers_ = [tuple(row) for row in self.cluster_centers_.tolist()]
        return self

    def nearest(self, X):
        for row in np.asarray(X, dtype=float).tolist():
            yield min(enumerate(self.cluster_centers_), key=lambda pair: squared(row, pair[1]))[0]

    def predict(self, X):
        return list(self.nearest(X))
