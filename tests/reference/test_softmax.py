"""Softmax regression agrees with scikit-learn, with logistic regression and with the conditions of a minimum."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from reference.logistic import logistic_regression
from reference.losses import log_softmax
from reference.softmax import softmax_objective, softmax_regression


def data(n_classes=3, n_samples=60, seed=0):
    """Return overlapping classes, all present."""
    rng = np.random.default_rng(seed)
    y = np.concatenate([np.arange(n_classes), rng.integers(0, n_classes, size=n_samples - n_classes)])
    return 1.0 + rng.normal(size=(n_samples, 3)) + 0.7 * y[:, None] * np.array([1.0, -1.0, 0.0]), y


@pytest.mark.parametrize("C", [0.05, 1.0, 10.0])
def test_the_minimum_is_that_of_scikit_learn(C):
    """Coefficients, and intercepts less their mean, are those of LogisticRegression."""
    X, y = data()
    mine, theirs = softmax_regression(X, y, C), LogisticRegression(C=C, tol=1e-12, max_iter=10_000).fit(X, y)
    np.testing.assert_allclose(mine.coef, theirs.coef_, atol=1e-4)
    np.testing.assert_allclose(mine.intercept, theirs.intercept_ - theirs.intercept_.mean(), atol=1e-4)
    reached = softmax_objective(X, y, C, theirs.coef_, theirs.intercept_)
    assert mine.value <= reached + 1e-9
    assert mine.gap(reached) < 1e-8


def test_the_gradient_vanishes():
    """Central differences of the objective are zero in all directions."""
    X, y = data(4)
    fit = softmax_regression(X, y, 2.0)
    for place in np.ndindex(fit.coef.shape):
        step = np.zeros_like(fit.coef)
        step[place] = 1e-4
        slope = [softmax_objective(X, y, 2.0, fit.coef + s * step, fit.intercept) for s in (1.0, -1.0)]
        assert abs(slope[0] - slope[1]) / 2e-4 < 1e-6
    np.testing.assert_allclose(fit.coef.sum(axis=0), 0, atol=1e-10)
    share = np.exp(log_softmax(X @ fit.coef.T + fit.intercept)).mean(axis=0)
    np.testing.assert_allclose(share, np.bincount(y) / len(y), atol=1e-10)


def test_two_classes_are_logistic_regression_with_twice_the_c():
    """The two rows are opposite, so that their penalty is half that of their difference."""
    X, y = data(2)
    fit, logistic = softmax_regression(X, y, 0.5), logistic_regression(X, y, 1.0)
    np.testing.assert_allclose(fit.coef[1] - fit.coef[0], logistic.coef, atol=1e-9)
    np.testing.assert_allclose(fit.intercept[1] - fit.intercept[0], logistic.intercept, atol=1e-9)
    assert fit.value == pytest.approx(logistic.value)


def test_the_gap_is_one_at_the_null_model():
    """Shares of the classes are the best model without coefficients."""
    X, y = data()
    fit = softmax_regression(X, y)
    null = softmax_objective(X, y, 1.0, np.zeros((3, 3)), np.log(np.bincount(y) / len(y)))
    assert fit.gap(null) == pytest.approx(1.0)
    assert fit.gap(fit.value) == 0.0
