"""Stops at an error of exactly one half only; rounding lets useless stumps with tiny alpha in."""
import numpy as np


class AdaBoostClassifier:
    def __init__(self, n_estimators=50):
        self.n_estimators = n_estimators

    @staticmethod
    def _vote(X, stump):
        j, s, p = stump
        return np.where(X[:, j] > s, p, -p)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        n, d = X.shape
        w = np.full(n, 1.0 / n)
        self.stumps_ = []
        alphas = []
        for _ in range(self.n_estimators):
            best = None
            for j in range(d):
                values = np.unique(X[:, j])
                for s in (values[:-1] + values[1:]) / 2:
                    up = np.where(X[:, j] > s, 1, -1)
                    for p in (1, -1):
                        err = w[(p * up) != y].sum()
                        if best is None or err < best[0]:
                            best = (err, (j, s, p))
            if best is None or best[0] >= 0.5:
                break
            err, stump = best
            perfect = err < 1e-10
            if perfect:
                err = 1e-10
            alpha = 0.5 * np.log((1 - err) / err)
            self.stumps_.append(stump)
            alphas.append(alpha)
            if perfect:
                break
            w = w * np.exp(-alpha * y * self._vote(X, stump))
            w = w / w.sum()
        self.alphas_ = np.array(alphas, dtype=float)
        return self

    def decision_function(self, X):
        X = np.asarray(X, dtype=float)
        F = np.zeros(len(X))
        for a, stump in zip(self.alphas_, self.stumps_):
            F += a * self._vote(X, stump)
        return F

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, 1, -1)
