"""AdaBoost with stumps. Fill in the three methods."""

import numpy as np


class AdaBoostClassifier:
    """A weighted vote of stumps, each fitted to reweighted samples."""

    def __init__(self, n_estimators=50):
        self.n_estimators = n_estimators

    def fit(self, X, y):
        """Fit to X, shape (n_samples, n_features), and y, shape (n_samples,), of -1 and 1.

        Sets `alphas_`, shape (n_stumps,); returns self.
        """
        self.alphas_ = np.zeros(0)
        return self

    def decision_function(self, X):
        """Return the weighted sum of the stumps' votes, shape (n_queries,)."""
        raise NotImplementedError

    def predict(self, X):
        """Return -1 or 1 for each row, shape (n_queries,)."""
        raise NotImplementedError
