"""Gradient boosting for classification. Fill in the methods."""

import numpy as np


class GradientBoostingClassifier:
    """Regression trees that add up to the logarithm of the odds of label 1."""

    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        """Learn from X, shape (n_samples, n_features), and labels 0 and 1, shape (n_samples,); return self."""
        return self

    def decision_function(self, X):
        """Return the log-odds of label 1 after all trees, shape (n_queries,)."""
        return np.zeros(len(X))

    def staged_decision_function(self, X):
        """Return the log-odds after 1, 2, ... trees, shape (n_estimators, n_queries)."""
        raise NotImplementedError

    def predict_proba(self, X):
        """Return the probabilities of label 0 and of label 1, shape (n_queries, 2)."""
        raise NotImplementedError

    def predict(self, X):
        """Return 1 where the log-odds are positive, else 0, shape (n_queries,)."""
        raise NotImplementedError
