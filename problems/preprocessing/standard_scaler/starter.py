"""Standard scaler. Fill in the three methods."""

import numpy as np


class StandardScaler:
    """Shifts and scales columns to mean 0 and standard deviation 1."""

    def fit(self, X):
        """Compute the statistics of the columns of X, shape (n_samples, n_features).

        Sets `mean_` and `scale_`, both of shape (n_features,); returns self.
        """
        self.mean_ = np.zeros(np.shape(X)[1])
        self.scale_ = np.ones(np.shape(X)[1])
        return self

    def transform(self, X):
        """Return the standardised rows, an array of the same shape as X."""
        raise NotImplementedError

    def inverse_transform(self, Z):
        """Return the rows that `transform` turned into Z, an array of the same shape as Z."""
        raise NotImplementedError
