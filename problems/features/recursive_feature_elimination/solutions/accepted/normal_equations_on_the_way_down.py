"""Normal equations of standardised columns, computed once; one way down for each fold gives all sizes."""

import numpy as np


def way_down(X, y, sizes):
    """Yield (columns left, weights in raw units, intercept) at each of the falling sizes."""
    mean, deviation = X.mean(axis=0), X.std(axis=0)
    is_constant = (X == X[0]).all(axis=0)
    Z = (X - mean) / np.where(is_constant, 1.0, deviation)
    gram, moments = Z.T @ Z, Z.T @ (y - y.mean())
    left = np.arange(X.shape[1])
    effects = None
    for size in sizes:
        if len(left) > size:
            order = np.argsort(-np.abs(effects))
            left = np.sort(left[order[:size]])
        varying = ~is_constant[left]
        effects = np.zeros(len(left))
        used = left[varying]
        effects[varying] = np.linalg.solve(gram[np.ix_(used, used)], moments[used])
        w = effects / np.where(is_constant[left], 1.0, deviation[left])
        yield left, w, y.mean() - mean[left] @ w


def falling(p, target, step):
    sizes = list(range(p, target, -step))
    return [*sizes, target]


def ranks(p, path):
    ranking = np.full(p, len(path))
    for rounds_before, (left, _, _) in enumerate(path):
        ranking[left] = len(path) - rounds_before
    return ranking


class RFE:
    def __init__(self, n_features_to_select, step=1):
        self.target, self.step = n_features_to_select, step

    def fit(self, X, y):
        X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
        p = X.shape[1]
        path = list(way_down(X, y, falling(p, self.target, self.step)))
        self.columns, self.coef_, self.intercept_ = path[-1]
        self.ranking_ = ranks(p, path)
        self.support_ = self.ranking_ == 1
        return self

    def predict(self, X):
        return np.array(X, dtype=np.float64)[:, self.columns] @ self.coef_ + self.intercept_


class RFECV:
    def __init__(self, step=1):
        self.step = step

    def fit(self, X, y, folds):
        X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
        sizes = falling(X.shape[1], 1, self.step)
        names = sorted(set(int(fold) for fold in folds))
        total = np.zeros(len(sizes))
        for name in names:
            test = np.array([int(fold) == name for fold in folds])
            for k, (left, w, b) in enumerate(way_down(X[~test], y[~test], sizes)):
                total[k] += ((X[test][:, left] @ w + b - y[test]) ** 2).mean()
        self.sizes_, self.errors_ = sizes[::-1], total[::-1] / len(names)
        self.n_features_ = sizes[int(total.argmin())]
        model = RFE(self.n_features_, self.step).fit(X, y)
        self.support_, self.ranking_ = model.support_, model.ranking_
        return self
