"""Mixtures of normal distributions, and the steps of expectation maximisation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mixture:
    """A mixture of normal distributions.

    Attributes
    ----------
    weights : ndarray of shape (n_components,)
    means : ndarray of shape (n_components, n_features)
    covariances : ndarray of shape (n_components, n_features, n_features)
        Symmetric and positive definite.
    """

    weights: Floats
    means: Floats
    covariances: Floats

    def log_joint(self, X: Floats) -> Floats:
        """Return the logarithm of each component's weight times its density, shape (n_samples, n_components)."""
        factors = np.linalg.cholesky(self.covariances)
        deviations = np.swapaxes(X[None] - self.means[:, None], 1, 2)
        squares = np.square(np.linalg.solve(factors, deviations)).sum(axis=1).T
        log_roots = np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)
        return np.log(self.weights) - 0.5 * (squares + X.shape[1] * np.log(2.0 * np.pi)) - log_roots

    def score_samples(self, X: Floats) -> Floats:
        """Return the logarithm of the density at each row, shape (n_samples,)."""
        return np.logaddexp.reduce(self.log_joint(X), axis=1)

    def shares(self, X: Floats) -> Floats:
        """Return the posterior of each component, shape (n_samples, n_components)."""
        joint = self.log_joint(X)
        return np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])

    def stepped(self, X: Floats, reg_covar: float) -> "Mixture":
        """Return the mixture after one step, with `reg_covar` added to the variances.

        Source: Dempster, Laird and Rubin (1977) in the form of Bishop, "Pattern
        Recognition and Machine Learning" (2006), section 9.2.2.
        """
        shares = self.shares(X)
        sizes = shares.sum(axis=0)
        means = shares.T @ X / sizes[:, None]
        deviations = X[None] - means[:, None]
        scatter = np.swapaxes(deviations * shares.T[:, :, None], 1, 2) @ deviations
        covariances = scatter / sizes[:, None, None] + reg_covar * np.eye(X.shape[1])
        return Mixture(sizes / len(X), means, covariances)


def expectation_maximisation(
    start: Mixture, X: Floats, n_steps: int, reg_covar: float = 1e-6
) -> tuple[Mixture, Floats]:
    """Make so many steps; return the mixture, and the mean log-likelihood before each step, shape (n_steps,).

    The steps are those of ``sklearn.mixture.GaussianMixture``, which begins with
    given precisions instead of covariances.
    """
    mixture, likelihoods = start, []
    for _ in range(n_steps):
        likelihoods.append(float(mixture.score_samples(X).mean()))
        mixture = mixture.stepped(X, reg_covar)
    return mixture, np.array(likelihoods)
