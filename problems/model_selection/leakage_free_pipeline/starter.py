"""A pipeline without leakage. Fill in the methods and the two functions."""

import numpy as np


class Pipeline:
    """Fills missing values, scales, and fits a ridge regression."""

    def __init__(self, strategy="mean", alpha=1.0):
        self.strategy = strategy
        self.alpha = alpha

    def fit(self, X, y):
        """Learn all three steps from X, shape (n_rows, n_features), and y, shape (n_rows,); returns self."""
        self.fill_ = self.mean_ = self.scale_ = self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        return self

    def predict(self, X):
        """Return predictions of rows, shape (n_rows,)."""
        raise NotImplementedError


def cross_validate(X, y, folds, strategy="mean", alpha=1.0):
    """Return predictions of rows that were not fitted, the error of each fold, and the mean of these errors."""
    raise NotImplementedError


def nested_cross_validate(X, y, folds, alphas, strategy="mean"):
    """Return predictions, and the alpha that was chosen for each fold without looking at it."""
    raise NotImplementedError
