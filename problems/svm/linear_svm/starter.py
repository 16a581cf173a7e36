"""Linear support vector machine. Fill in the three methods."""

import numpy as np


class LinearSVM:
    """A plane with a wide margin between two classes."""

    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        """Learn from X, shape (n_samples, n_features), and labels -1 and 1, shape (n_samples,).

        Sets `coef_` and `intercept_`; returns self.
        """
        self.coef_ = np.zeros(np.shape(X)[1])
        self.intercept_ = 0.0
        return self

    def decision_function(self, X):
        """Return the scores of the rows of X, shape (n_samples,)."""
        raise NotImplementedError

    def predict(self, X):
        """Return 1 where the score is positive, else -1, shape (n_samples,)."""
        raise NotImplementedError
