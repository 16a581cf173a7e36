"""A node with an impurity below 0.01 becomes a leaf: one stranger among hundreds is not split off."""

import numpy as np


class DecisionTreeClassifier:
    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = max_depth
        self.criterion = criterion
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.labels, codes = np.unique(y, return_inverse=True)
        self.root = self._grow(X, np.eye(len(self.labels))[codes], 0)
        return self

    def _impurity(self, counts):
        p = counts / counts.sum(axis=-1, keepdims=True)
        if self.criterion == "gini":
            return 1.0 - (p * p).sum(axis=-1)
        return -(p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=-1)

    def _grow(self, X, one_hot, depth):
        counts = one_hot.sum(axis=0)
        label = self.labels[counts.argmax()]
        is_pure = self._impurity(counts) < 0.01
        if is_pure or len(X) < self.min_samples_split or (self.max_depth is not None and depth >= self.max_depth):
            return label
        split = self._best_split(X, one_hot, counts)
        if split is None:
            return label
        feature, threshold = split
        left = X[:, feature] <= threshold
        return (
            feature,
            threshold,
            self._grow(X[left], one_hot[left], depth + 1),
            self._grow(X[~left], one_hot[~left], depth + 1),
        )

    def _best_split(self, X, one_hot, total):
        best, split = np.inf, None
        for feature in range(X.shape[1]):
            order = X[:, feature].argsort()
            values = X[order, feature]
            cuts = np.flatnonzero(values[:-1] < values[1:])
            if len(cuts) == 0:
                continue
            left = one_hot[order].cumsum(axis=0)[cuts]
            n_left = cuts + 1
            scores = n_left * self._impurity(left) + (len(X) - n_left) * self._impurity(total - left)
            where = scores.argmin()
            if scores[where] < best:
                best = scores[where]
                split = feature, (values[cuts[where]] + values[cuts[where] + 1]) / 2
        return split

    def predict(self, X):
        return np.array([self._descend(x) for x in np.asarray(X, dtype=float)])

    def _descend(self, x):
        node = self.root
        while isinstance(node, tuple):
            feature, threshold, left, right = node
            node = left if x[feature] <= threshold else right
        return node
