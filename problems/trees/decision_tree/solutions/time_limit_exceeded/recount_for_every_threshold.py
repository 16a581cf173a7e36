"""Counts the labels anew for every threshold: n times n steps per feature. Sort once and keep running counts."""

import numpy as np


class DecisionTreeClassifier:
    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = max_depth
        self.criterion = criterion
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        self.root = self._grow(X, y, 0)
        return self

    def _impurity(self, y):
        _, counts = np.unique(y, return_counts=True)
        p = counts / len(y)
        return 1.0 - (p**2).sum() if self.criterion == "gini" else -(p * np.log2(p)).sum()

    def _grow(self, X, y, depth):
        labels, counts = np.unique(y, return_counts=True)
        label = labels[counts.argmax()]
        if len(labels) == 1 or len(y) < self.min_samples_split or depth == self.max_depth:
            return label
        best, split = np.inf, None
        for feature in range(X.shape[1]):
            for threshold in np.unique(X[:, feature])[:-1]:
                left = X[:, feature] <= threshold
                score = left.sum() * self._impurity(y[left]) + (~left).sum() * self._impurity(y[~left])
                if score < best:
                    best, split = score, (feature, threshold)
        if split is None:
            return label
        left = X[:, split[0]] <= split[1]
        return (*split, self._grow(X[left], y[left], depth + 1), self._grow(X[~left], y[~left], depth + 1))

    def predict(self, X):
        return np.array([self._descend(x) for x in np.asarray(X, dtype=float)])

    def _descend(self, x):
        node = self.root
        while isinstance(node, tuple):
            node = node[2] if x[node[0]] <= node[1] else node[3]
        return node
