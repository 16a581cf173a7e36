"""Gaussian mixture by expectation maximisation. Fill in the methods."""

import numpy as np


class GaussianMixture:
    """Normal distributions with weights, means and full covariances."""

    def __init__(self, weights, means, covariances, n_steps, reg_covar=1e-6):
        self.weights = weights
        self.means = means
        self.covariances = covariances
        self.n_steps = n_steps
        self.reg_covar = reg_covar

    def fit(self, X):
        """Make n_steps steps on X, shape (n_samples, n_features).

        Sets `weights_`, `means_`, `covariances_` and `log_likelihoods_`; returns self.
        """
        self.log_likelihoods_ = np.zeros(self.n_steps)
        return self

    def score_samples(self, X):
        """Return the logarithm of the density at each row of X, shape (n_samples,)."""
        raise NotImplementedError

    def predict_proba(self, X):
        """Return each component's share of each row of X, shape (n_samples, n_components)."""
        raise NotImplementedError

    def predict(self, X):
        """Return the component with the largest share of each row of X, shape (n_samples,)."""
        raise NotImplementedError
