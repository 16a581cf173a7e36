"""The naive Bayes reference against scikit-learn, SciPy and a closed form."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import logsumexp
from scipy.stats import norm
from sklearn.naive_bayes import GaussianNB, MultinomialNB

from reference.naive_bayes import gaussian_naive_bayes, multinomial_naive_bayes


@pytest.mark.parametrize("var_smoothing", [1e-9, 1e-3, 0.5])
def test_it_agrees_with_scikit_learn(var_smoothing):
    """Unequal classes, scales from 0.001 to 1000 and queries far in the tails."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 5)) * np.geomspace(1e-3, 1e3, 5)
    y = np.repeat([-4, 3, 11], [45, 12, 3])
    queries = X * 30
    mine = gaussian_naive_bayes(X, y, var_smoothing)
    theirs = GaussianNB(var_smoothing=var_smoothing).fit(X, y)
    assert_allclose(mine.variances, theirs.var_, rtol=1e-12)
    assert_allclose(mine.predict_log_proba(queries), theirs.predict_log_proba(queries), rtol=1e-9, atol=1e-9)
    assert_array_equal(mine.predict(queries), theirs.predict(queries))


def test_the_joint_likelihood_is_a_product_of_normal_densities():
    """SciPy's normal log densities, summed over features, give the same posterior."""
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(30, 2)), np.arange(30) % 3
    mine = gaussian_naive_bayes(X, y, 0.1)
    smoothing = 0.1 * max(X[:, 0].var(), X[:, 1].var())
    rows = [X[y == k] for k in range(3)]
    densities = [norm.logpdf(X, r.mean(axis=0), np.sqrt(r.var(axis=0) + smoothing)).sum(axis=1) for r in rows]
    joint = np.log(1 / 3) + np.column_stack(densities)
    assert_allclose(mine.predict_log_proba(X), joint - logsumexp(joint, axis=1, keepdims=True), atol=1e-12)


def test_equal_variances_give_the_logistic_function():
    """With variance 1 and means -1 and 1 the log odds at x are 2 x, eighty deviations away too."""
    X, y = np.array([[-2.0], [0.0], [0.0], [2.0]]), np.array([0, 0, 1, 1])
    x = np.array([-80.0, -0.5, 0.0, 3.0, 80.0])
    log_proba = gaussian_naive_bayes(X, y, 0.0).predict_log_proba(x[:, None])
    assert_allclose(log_proba[:, 1], -np.logaddexp(0.0, -2 * x), rtol=1e-14, atol=1e-15)
    assert_allclose(log_proba[:, 0], -np.logaddexp(0.0, 2 * x), rtol=1e-14, atol=1e-15)


def test_a_class_of_one_sample_has_the_smoothing_as_its_variance():
    """The variance of one sample is zero, so what was added is all there is."""
    X, y = np.array([[0.0], [2.0], [7.0]]), np.array([0, 0, 1])
    assert_allclose(gaussian_naive_bayes(X, y, 0.25).variances[1], 0.25 * X.var(axis=0), rtol=1e-15)


def counts(seed=0):
    """Return counts of three classes of different size, with columns that are zero."""
    rng = np.random.default_rng(seed)
    y = np.array([4, -1, 7])[np.minimum(rng.integers(0, 6, size=50), 2)]
    X = rng.poisson(1.0 + (y[:, None] + np.arange(8)) % 3, size=(50, 8)).astype(float)
    X[:, 3], X[y == 7, 5] = 0.0, 0.0
    return X, y


@pytest.mark.parametrize("alpha", [1e-3, 1.0, 10.0])
@pytest.mark.parametrize("fit_prior", [True, False])
def test_multinomial_agrees_with_scikit_learn(alpha, fit_prior):
    """Parameters and posteriors are those of MultinomialNB."""
    X, y = counts()
    mine = multinomial_naive_bayes(X, y, alpha, fit_prior=fit_prior)
    theirs = MultinomialNB(alpha=alpha, fit_prior=fit_prior).fit(X, y)
    np.testing.assert_array_equal(mine.classes, theirs.classes_)
    np.testing.assert_allclose(mine.log_priors, theirs.class_log_prior_, rtol=1e-12)
    np.testing.assert_allclose(mine.log_shares, theirs.feature_log_prob_, rtol=1e-12)
    np.testing.assert_allclose(mine.predict_log_proba(50 * X), theirs.predict_log_proba(50 * X), rtol=1e-9, atol=1e-9)


def test_multinomial_by_hand():
    """Two words and two texts: shares (3 + 1) / (4 + 2) and so on."""
    fit = multinomial_naive_bayes(np.array([[3.0, 1.0], [0.0, 2.0]]), np.array([0, 1]))
    np.testing.assert_allclose(np.exp(fit.log_shares), [[4 / 6, 2 / 6], [1 / 4, 3 / 4]])
    np.testing.assert_allclose(np.exp(fit.predict_log_proba(np.zeros((1, 2)))), [[0.5, 0.5]])
