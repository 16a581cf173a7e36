"""Ordinal and target encoding. Fill in the methods."""

import numpy as np


class OrdinalEncoder:
    """Encodes strings by their places among the sorted categories of their column."""

    def __init__(self, unknown_value=-1, missing_value=-2):
        self.unknown_value = unknown_value
        self.missing_value = missing_value

    def fit(self, X):
        """Learn the categories of each column from a list of rows; sets `categories_` and returns self."""
        self.categories_ = []
        return self

    def transform(self, X):
        """Return the codes, whole numbers of shape (n_rows, n_columns)."""
        raise NotImplementedError

    def inverse_transform(self, Z):
        """Return the rows of strings, and None for unknown and missing values."""
        raise NotImplementedError


class TargetEncoder:
    """Encodes categories by the mean targets of their rows, shrunk towards the overall mean."""

    def __init__(self, smoothing=10.0):
        self.smoothing = smoothing

    def fit(self, X, y):
        """Learn from a list of rows and targets, shape (n_rows,); sets `target_mean_` and returns self."""
        self.target_mean_ = 0.0
        return self

    def transform(self, X):
        """Return the encodings of rows, shape (n_rows, n_columns)."""
        raise NotImplementedError

    def fit_transform(self, X, y, folds):
        """Fit, and return the encodings of the same rows, each learnt from the other folds alone."""
        raise NotImplementedError
