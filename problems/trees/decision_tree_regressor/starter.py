"""A regression tree. Fill in the two methods."""

import numpy as np


class DecisionTreeRegressor:
    """A tree that splits on one feature at a time, chosen by the squared error of its leaves' means."""

    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        """Grow the tree on X, shape (n_samples, n_features), and targets y, shape (n_samples,).

        Returns self.
        """
        raise NotImplementedError

    def predict(self, X):
        """Return the mean of the leaf that each row of X falls into, shape (n_samples,)."""
        raise NotImplementedError
