"""The perceptron. Fill in the methods."""

import numpy as np


class Perceptron:
    """A plane between two classes, found by correcting one mistake at a time."""

    def __init__(self, learning_rate=1.0, max_epochs=1000):
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs

    def fit(self, X, y):
        """Learn from X, shape (n_samples, n_features), and labels -1 and 1, shape (n_samples,).

        Sets `coef_`, `intercept_` and `mistakes_`; returns self.
        """
        self.coef_ = np.zeros(np.shape(X)[1])
        self.intercept_ = 0.0
        self.mistakes_ = np.zeros(0, dtype=int)
        return self

    def decision_function(self, X):
        """Return the scores of the rows of X, shape (n_samples,)."""
        raise NotImplementedError

    def predict(self, X):
        """Return 1 where the score is positive, else -1, shape (n_samples,)."""
        raise NotImplementedError
