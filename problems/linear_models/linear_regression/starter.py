"""Linear regression by least squares. Fill in the two methods."""

import numpy as np


class LinearRegression:
    """Least squares with or without an intercept."""

    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        """Minimise the residual sum of squares on X, shape (n_samples, n_features), and y, shape (n_samples,).

        Sets `coef_` and `intercept_`; returns self.
        """
        self.coef_ = np.zeros(np.shape(X)[1])
        self.intercept_ = 0.0
        return self

    def predict(self, X):
        """Return the fitted function's values at the rows of X, shape (n_samples,)."""
        raise NotImplementedError
