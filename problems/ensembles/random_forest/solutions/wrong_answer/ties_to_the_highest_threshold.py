"""Tries thresholds from the highest down, so that of equally good ones the highest stays."""

import numpy as np


def gini(codes, n_classes):
    shares = np.bincount(codes, minlength=n_classes) / len(codes)
    return 1.0 - (shares**2).sum()


class RandomForestClassifier:
    def __init__(self, max_depth):
        self.max_depth = max_depth

    def fit(self, X, y, samples, features):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        self.trees = []
        for rows, candidates in zip(samples, features):
            self.trees.append(self._grow(X[rows], codes[rows], candidates, 0, 0))
        return self

    def _grow(self, X, codes, candidates, node, depth):
        if depth < self.max_depth and len(np.unique(codes)) > 1:
            split = self._best_split(X, codes, candidates[node])
            if split is not None:
                feature, threshold = split
                left = X[:, feature] <= threshold
                return (
                    feature,
                    threshold,
                    self._grow(X[left], codes[left], candidates, 2 * node + 1, depth + 1),
                    self._grow(X[~left], codes[~left], candidates, 2 * node + 2, depth + 1),
                )
        return np.bincount(codes, minlength=len(self.classes_)) / len(codes)

    def _best_split(self, X, codes, allowed):
        best, least = None, np.inf
        for feature in allowed:
            values = np.unique(X[:, feature])
            for threshold in ((values[:-1] + values[1:]) / 2)[::-1]:
                left = X[:, feature] <= threshold
                n_left, n_right = left.sum(), (~left).sum()
                k = len(self.classes_)
                impurity = (n_left * gini(codes[left], k) + n_right * gini(codes[~left], k)) / len(codes)
                if impurity < least:
                    best, least = (feature, threshold), impurity
        return best

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        return np.array([[self._follow(tree, x) for tree in self.trees] for x in X]).mean(axis=1)

    def _follow(self, tree, x):
        while isinstance(tree, tuple):
            feature, threshold, left, right = tree
            tree = left if x[feature] <= threshold else right
        return tree

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
