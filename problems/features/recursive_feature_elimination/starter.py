"""Recursive feature elimination. Fill in the methods."""

import numpy as np


class RFE:
    """Drops the columns of least weight until `n_features_to_select` are left."""

    def __init__(self, n_features_to_select, step=1):
        self.n_features_to_select = n_features_to_select
        self.step = step

    def fit(self, X, y):
        """Eliminate columns of X, shape (n_rows, n_features); sets support_, ranking_, coef_, intercept_; returns self."""
        self.support_ = np.ones(X.shape[1], dtype=bool)
        self.ranking_ = np.ones(X.shape[1], dtype=int)
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        return self

    def predict(self, X):
        """Return predictions, shape (n_rows,), of rows with all columns."""
        raise NotImplementedError


class RFECV:
    """Chooses by cross-validation how many columns are left."""

    def __init__(self, step=1):
        self.step = step

    def fit(self, X, y, folds):
        """Choose; sets n_features_, sizes_, errors_, support_ and ranking_; returns self."""
        raise NotImplementedError
