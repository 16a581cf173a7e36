"""The logistic reference against scikit-learn, closed forms and its own conditions of optimality."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from reference.logistic import (
    log_loss_sum,
    logistic_objective,
    logistic_regression,
    minimise_penalised,
    null_objective,
    sigmoid,
)


def _data(seed, n_samples=60, n_features=3, offset=0.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features))
    y = (rng.random(n_samples) < sigmoid(X @ rng.normal(size=n_features))).astype(np.int64)
    y[:2] = [0, 1]
    return X + offset, y


@pytest.mark.parametrize("C", [0.01, 1.0, 50.0])
@pytest.mark.parametrize("offset", [0.0, 3.0])
def test_it_agrees_with_scikit_learn(C, offset):
    """Coefficients and intercept are those of scikit-learn's Newton solver run to the end."""
    X, y = _data(1, offset=offset)
    fit = logistic_regression(X, y, C)
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(X, y)
    np.testing.assert_allclose(fit.coef, model.coef_[0], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(fit.intercept, model.intercept_[0], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_its_gradient_vanishes(seed):
    """The gradient at the minimum is rounding error, whatever the shape of the data."""
    X, y = _data(seed, n_samples=12 + 10 * seed, n_features=1 + 2 * seed, offset=seed / 3)
    fit = logistic_regression(X, y, 2.0)
    residual = sigmoid(X @ fit.coef + fit.intercept) - y
    assert np.abs(X.T @ residual + fit.coef / 2.0).max() < 1e-10
    assert abs(residual.sum()) < 1e-10


def test_two_groups_without_a_penalty_have_their_own_log_odds():
    """With one binary feature and hardly a penalty, each group gets the share of ones in it."""
    X = np.array([[0.0]] * 5 + [[1.0]] * 4)
    y = np.array([1, 0, 0, 0, 0, 1, 1, 1, 0])
    fit = logistic_regression(X, y, 1e10)
    np.testing.assert_allclose(fit.intercept, np.log(1 / 4), rtol=1e-7)
    np.testing.assert_allclose(fit.intercept + fit.coef[0], np.log(3), rtol=1e-7)


def test_a_feature_of_zeros_leaves_the_null_model():
    """Without information the intercept is the log-odds of the share of ones and the objective the null objective."""
    y = np.array([1, 1, 1, 0])
    fit = logistic_regression(np.zeros((4, 1)), y)
    np.testing.assert_allclose(fit.intercept, np.log(3), rtol=1e-12)
    np.testing.assert_allclose(fit.value, null_objective(y), rtol=1e-12)


def test_the_gap_is_zero_at_the_minimum_and_one_at_the_null_model():
    """The normalised gap runs from 0 at the minimum to 1 at the null model."""
    X, y = _data(3)
    fit = logistic_regression(X, y, 0.5)
    assert fit.gap(logistic_objective(X, y, 0.5, fit.coef, fit.intercept)) == pytest.approx(0.0, abs=1e-12)
    log_odds = float(np.log(y.mean() / (1 - y.mean())))
    assert fit.gap(logistic_objective(X, y, 0.5, np.zeros(3), log_odds)) == pytest.approx(1.0)


def test_separable_data_has_a_finite_minimum():
    """The penalty keeps the coefficients finite on data that a line separates, by halved steps if need be."""
    X = np.array([[-30.0], [-1.0], [1.0], [2.0]])
    fit = logistic_regression(X, np.array([0, 0, 1, 1]), 1e4)
    model = LogisticRegression(C=1e4, tol=1e-12, max_iter=100_000).fit(X, [0, 0, 1, 1])
    assert fit.value <= logistic_objective(X, np.array([0, 0, 1, 1]), 1e4, model.coef_[0], model.intercept_[0]) + 1e-9


def test_penalties_may_differ_by_parameter():
    """A penalty on every parameter, the column of ones included, is ridge without a free intercept."""
    X, y = _data(4, offset=2.0)
    design = np.column_stack([X, np.ones(len(X))])
    found = minimise_penalised(design, y, np.full(4, 0.5))
    model = LogisticRegression(C=2.0, fit_intercept=False, solver="newton-cholesky", tol=1e-10).fit(design, y)
    np.testing.assert_allclose(found.theta, model.coef_[0], rtol=1e-7, atol=1e-9)


def test_huge_scores_do_not_overflow():
    """Probabilities and losses stay finite at scores of a thousand."""
    z = np.array([-1000.0, 0.0, 1000.0])
    np.testing.assert_array_equal(sigmoid(z), [0.0, 0.5, 1.0])
    assert log_loss_sum(z, np.array([1, 0, 0])) == pytest.approx(2000.0 + np.log(2.0))
