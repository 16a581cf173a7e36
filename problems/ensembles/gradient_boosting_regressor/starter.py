"""Gradient boosting for regression. Fill in the three methods."""

import numpy as np


class GradientBoostingRegressor:
    """A mean and many small trees, each fitted to what those before it leave."""

    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        """Fit to X, shape (n_samples, n_features), and y, shape (n_samples,); return self."""
        return self

    def predict(self, X):
        """Return the predictions of all trees together, shape (n_queries,)."""
        raise NotImplementedError

    def staged_predict(self, X):
        """Return the predictions after 1, 2, ... trees, shape (n_estimators, n_queries)."""
        raise NotImplementedError
