"""A classification tree. Fill in the two methods."""

import numpy as np


class DecisionTreeClassifier:
    """A tree that splits on one feature at a time, chosen by gini or entropy."""

    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = max_depth
        self.criterion = criterion
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        """Grow the tree on X, shape (n_samples, n_features), and labels y, shape (n_samples,).

        Returns self.
        """
        raise NotImplementedError

    def predict(self, X):
        """Return the label of each row of X, shape (n_samples,)."""
        raise NotImplementedError
