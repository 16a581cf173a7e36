"""Random forest. Fill in the three methods."""

import numpy as np


class RandomForestClassifier:
    """Trees on given bootstrap samples and given candidate features, which vote with their class shares."""

    def __init__(self, max_depth):
        self.max_depth = max_depth

    def fit(self, X, y, samples, features):
        """Grow one tree for each row of `samples`.

        Parameters
        ----------
        X : array of shape (n_samples, n_features)
        y : array of int, shape (n_samples,)
        samples : array of int, shape (n_trees, n_draws)
            The rows of X that each tree sees.
        features : array of int, shape (n_trees, 2**max_depth - 1, n_candidates)
            The features that each node may split by. The children of node i are 2 i + 1 and 2 i + 2.

        Sets `classes_`, the different labels in ascending order; returns self.
        """
        self.classes_ = np.zeros(0, dtype=int)
        return self

    def predict_proba(self, X):
        """Return the mean class shares, shape (n_queries, n_classes)."""
        raise NotImplementedError

    def predict(self, X):
        """Return the labels with the largest mean shares, shape (n_queries,)."""
        raise NotImplementedError
