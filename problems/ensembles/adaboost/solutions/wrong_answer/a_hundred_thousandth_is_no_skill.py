"""A stump within 1e-5 of one half counts as a coin."""

import numpy as np


class AdaBoostClassifier:
    def __init__(self, n_estimators=50):
        self.n_estimators = n_estimators

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        w = np.full(len(y), 1 / len(y))
        self.stumps, self.alphas_ = [], []
        for _ in range(self.n_estimators):
            stump, error = self._best(X, y, w)
            if error >= 0.5 - 1e-5:
                break
            alpha = 0.5 * np.log((1 - max(error, 1e-10)) / max(error, 1e-10))
            self.stumps.append(stump)
            self.alphas_.append(alpha)
            if error < 1e-10:
                break
            w = w * np.exp(-alpha * y * self._vote(stump, X))
            w = w / w.sum()
        return self

    def _best(self, X, y, w):
        best, least = None, np.inf
        for j in range(X.shape[1]):
            values = np.unique(X[:, j])
            for threshold in (values[:-1] + values[1:]) / 2:
                for polarity in (1, -1):
                    stump = (j, threshold, polarity)
                    error = w[self._vote(stump, X) != y].sum()
                    if error < least:
                        best, least = stump, error
        return best, least

    @staticmethod
    def _vote(stump, X):
        j, threshold, polarity = stump
        return np.where(X[:, j] > threshold, polarity, -polarity)

    def decision_function(self, X):
        X = np.asarray(X, dtype=float)
        total = np.zeros(len(X))
        for alpha, stump in zip(self.alphas_, self.stumps):
            total += alpha * self._vote(stump, X)
        return total

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
