"""The mixture agrees with scikit-learn step by step, with SciPy's densities, and never loses likelihood."""

import warnings

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from reference.mixture import Mixture, expectation_maximisation


def data(seed=0):
    """Return overlapping clouds and a start that is far from them."""
    rng = np.random.default_rng(seed)
    X = np.vstack([rng.normal(size=(30, 2)), 2.0 + rng.normal(size=(20, 2)) @ np.array([[1.0, 0.8], [0.0, 0.5]])])
    means = X[[0, 10, 40]]
    return X, Mixture(np.array([0.5, 0.3, 0.2]), means, np.tile(np.array([[1.5, 0.3], [0.3, 1.0]]), (3, 1, 1)))


@pytest.mark.parametrize("n_steps", [1, 3, 20])
def test_steps_are_those_of_scikit_learn(n_steps):
    """The same start and the same number of steps give the same mixture."""
    X, start = data()
    mine, _ = expectation_maximisation(start, X, n_steps, 1e-3)
    theirs = GaussianMixture(
        3,
        max_iter=n_steps,
        tol=0.0,
        reg_covar=1e-3,
        weights_init=start.weights,
        means_init=start.means,
        precisions_init=np.linalg.inv(start.covariances),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.fit(X)
    np.testing.assert_allclose(mine.weights, theirs.weights_, rtol=1e-9)
    np.testing.assert_allclose(mine.means, theirs.means_, rtol=1e-9)
    np.testing.assert_allclose(mine.covariances, theirs.covariances_, atol=1e-9)
    np.testing.assert_allclose(mine.score_samples(X), theirs.score_samples(X), rtol=1e-9)
    np.testing.assert_allclose(mine.shares(X), theirs.predict_proba(X), atol=1e-9)


def test_densities_are_those_of_scipy():
    """Each component's part is its weight times SciPy's density."""
    X, start = data()
    for k, (mean, covariance) in enumerate(zip(start.means, start.covariances, strict=True)):
        right = np.log(start.weights[k]) + multivariate_normal(mean, covariance).logpdf(X)
        np.testing.assert_allclose(start.log_joint(X)[:, k], right, rtol=1e-12)


def test_the_likelihood_never_falls():
    """Without anything added to the variances, no step loses likelihood."""
    X, start = data()
    likelihoods = expectation_maximisation(start, X, 40, 0.0)[1]
    assert (np.diff(likelihoods) > -1e-12).all()


def test_one_component_is_the_sample():
    """One step gives the mean and the biased covariance."""
    X, start = data()
    one = Mixture(np.ones(1), start.means[:1], start.covariances[:1])
    mixture, _ = expectation_maximisation(one, X, 1, 0.0)
    np.testing.assert_allclose(mixture.means[0], X.mean(axis=0))
    np.testing.assert_allclose(mixture.covariances[0], np.cov(X.T, ddof=0))
