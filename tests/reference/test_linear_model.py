"""The linear models' reference agrees with scikit-learn, with closed forms and with its own definitions."""

import numpy as np
import pytest
from sklearn import linear_model

from reference.linear_model import (
    LinearFit,
    condition,
    explained,
    lasso,
    lasso_gap,
    lasso_objective,
    least_squares,
    least_squares_gap,
    ridge,
    ridge_gap,
    ridge_objective,
    slopes,
    soft_threshold,
)

SHAPES = [(40, 3), (12, 11), (6, 10)]


def data(shape, seed=0, offset=5.0):
    """Return X with an offset, and a noisy linear target."""
    rng = np.random.default_rng(seed)
    X = offset + rng.normal(size=shape)
    return X, X @ rng.normal(size=shape[1]) + rng.normal(size=shape[0])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_least_squares_is_that_of_scikit_learn(shape, fit_intercept):
    """Coefficients and intercept are those of LinearRegression without its cut-off."""
    X, y = data(shape)
    mine = least_squares(X, y, fit_intercept=fit_intercept)
    theirs = linear_model.LinearRegression(fit_intercept=fit_intercept, tol=1e-12).fit(X, y)
    np.testing.assert_allclose(mine.coef, theirs.coef_, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(mine.intercept, theirs.intercept_, rtol=1e-8, atol=1e-9)


def test_least_squares_solves_the_normal_equations():
    """Residuals are orthogonal to the columns and sum to zero."""
    X, y = data((30, 4))
    residual = y - least_squares(X, y).predict(X)
    np.testing.assert_allclose(X.T @ residual, 0, atol=1e-10)
    np.testing.assert_allclose(residual.sum(), 0, atol=1e-10)


def test_least_squares_of_one_column_is_covariance_over_variance():
    """The closed form of simple regression holds."""
    X, y = data((20, 1))
    slope = np.cov(X[:, 0], y)[0, 1] / X[:, 0].var(ddof=1)
    fit = least_squares(X, y)
    np.testing.assert_allclose(fit.coef, [slope], rtol=1e-12)
    np.testing.assert_allclose(fit.intercept, y.mean() - slope * X.mean(), rtol=1e-12)


def test_a_duplicate_column_shares_the_coefficient():
    """Of several minimisers the one of least norm is returned, and fitted values do not change."""
    X, y = data((20, 2))
    doubled = np.hstack([X, X[:, :1]])
    one, two = least_squares(X, y), least_squares(doubled, y)
    np.testing.assert_allclose(two.coef, [one.coef[0] / 2, one.coef[1], one.coef[0] / 2], rtol=1e-10)
    np.testing.assert_allclose(two.predict(doubled), one.predict(X), rtol=1e-12)


def test_a_constant_column_changes_nothing():
    """The intercept takes its place."""
    X, y = data((20, 2))
    constant = np.hstack([X, np.full((20, 1), 2.0)])
    np.testing.assert_allclose(least_squares(constant, y).coef, [*least_squares(X, y).coef, 0], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("alpha", [0.01, 1.0, 3.0, 1000.0])
def test_ridge_is_that_of_scikit_learn(shape, alpha):
    """Coefficients and intercept are those of Ridge by the singular value decomposition."""
    X, y = data(shape)
    mine, theirs = ridge(X, y, alpha), linear_model.Ridge(alpha=alpha, solver="svd").fit(X, y)
    np.testing.assert_allclose(mine.coef, theirs.coef_, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(mine.intercept, theirs.intercept_, rtol=1e-9, atol=1e-10)


def test_ridge_solves_its_normal_equations():
    """The gradient of the objective vanishes at the minimiser."""
    X, y = data((30, 4))
    fit = ridge(X, y, 3.0)
    residual = y - fit.predict(X)
    np.testing.assert_allclose(X.T @ residual, 3.0 * fit.coef, atol=1e-10)
    np.testing.assert_allclose(residual.sum(), 0, atol=1e-10)


def test_ridge_of_one_column_by_hand():
    """x = -1, 0, 1 and y = 0, 3, 6 with alpha 2 give w = 6 / (2 + 2) and b = 3."""
    fit = ridge(np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 3.0, 6.0]), 2.0)
    np.testing.assert_allclose([*fit.coef, fit.intercept], [1.5, 3.0])


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_the_least_squares_gap_is_the_ratio_of_its_definition(fit_intercept):
    """The squared distance equals the difference of residual sums."""
    X, y = data((30, 4))
    best = least_squares(X, y, fit_intercept=fit_intercept)
    other = LinearFit(best.coef * 1.1, best.intercept + 0.3 * fit_intercept)
    null = LinearFit(np.zeros(4), y.mean() if fit_intercept else 0.0)
    least, zero = ridge_objective(X, y, best), ridge_objective(X, y, null)
    by_definition = (ridge_objective(X, y, other) - least) / (zero - least)
    gap = least_squares_gap(X, y, other.predict(X), fit_intercept=fit_intercept)
    np.testing.assert_allclose(gap, by_definition, rtol=1e-9)
    np.testing.assert_allclose(explained(X, y, fit_intercept=fit_intercept), zero - least, rtol=1e-12)


@pytest.mark.parametrize("alpha", [0.01, 3.0, 1000.0])
def test_the_ridge_gap_is_the_ratio_of_its_definition(alpha):
    """The quadratic form equals the difference of objectives."""
    X, y = data((30, 4))
    best = ridge(X, y, alpha)
    other = LinearFit(best.coef * 1.1, best.intercept + 0.3)
    least, null = ridge_objective(X, y, best, alpha), ridge_objective(X, y, LinearFit(np.zeros(4), y.mean()), alpha)
    by_definition = (ridge_objective(X, y, other, alpha) - least) / (null - least)
    np.testing.assert_allclose(ridge_gap(X, y, other, alpha), by_definition, rtol=1e-7)


def test_gaps_are_zero_at_the_optimum_one_at_the_null_model_and_never_nan():
    """Both ends of the scale, and answers too large for it."""
    X, y = data((30, 4))
    null = LinearFit(np.zeros(4), float(y.mean()))
    assert ridge_gap(X, y, ridge(X, y, 2.0), 2.0) < 1e-25
    assert least_squares_gap(X, y, least_squares(X, y).predict(X)) < 1e-25
    np.testing.assert_allclose([ridge_gap(X, y, null, 2.0), least_squares_gap(X, y, null.predict(X))], 1.0)
    huge = LinearFit(np.array([1e308, -1e308, 1e308, 1e308]), -1e308)
    assert ridge_gap(X, y, huge, 2.0) == np.inf
    assert least_squares_gap(X, y, np.full(30, 1e300)) == np.inf


def test_the_condition_leaves_out_zero_singular_values():
    """A duplicate or constant column does not count as ill-conditioned."""
    X = 7.0 + np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]) * [3.0, 1.0]
    np.testing.assert_allclose(condition(X), 3.0)
    np.testing.assert_allclose(condition(np.hstack([X, np.full((4, 1), 2.0)])), 3.0)
    assert condition(X, fit_intercept=False) > 3.0


@pytest.mark.parametrize("alpha", [0.01, 0.2, 1.0])
@pytest.mark.parametrize("shape", [(40, 6), (15, 30)])
def test_the_lasso_is_scikit_learns(alpha, shape):
    """Coefficients, with the same zeros, and the intercept of its solver run to the end."""
    X, y = data(shape)
    fit = lasso(X, y, alpha)
    model = linear_model.Lasso(alpha=alpha, tol=1e-14, max_iter=1_000_000).fit(X, y)
    np.testing.assert_allclose(fit.coef, model.coef_, atol=1e-8)
    np.testing.assert_allclose(fit.intercept, model.intercept_, atol=1e-8)
    np.testing.assert_array_equal(fit.coef != 0, model.coef_ != 0)


@pytest.mark.parametrize("alpha", [0.05, 0.5])
def test_the_lassos_slopes_are_alpha_where_a_coefficient_is_not_zero(alpha):
    """The conditions of optimality hold to rounding."""
    X, y = data((40, 6))
    fit = lasso(X, y, alpha)
    slope = slopes(X, y, fit)
    np.testing.assert_allclose(slope[fit.coef != 0], alpha, rtol=1e-10)
    assert (slope[fit.coef == 0] < alpha).all()


def test_the_lasso_of_orthogonal_columns_is_a_soft_threshold():
    """Each coefficient of least squares is moved towards zero by alpha, and the small ones vanish."""
    X = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]) + 3.0
    y = 7.0 + X @ np.array([2.0, -0.5])
    np.testing.assert_allclose(lasso(X, y, 0.25).coef, [1.75, -0.25], rtol=1e-12)
    np.testing.assert_array_equal(lasso(X, y, 2.5).coef, [0.0, 0.0])
    assert lasso(X, y, 2.5).intercept == pytest.approx(y.mean())
    assert [soft_threshold(value, 1.0) for value in (-3.0, 0.5, 3.0)] == [-2.0, 0.0, 2.0]


def test_a_constant_column_gets_no_lasso_coefficient():
    """A column without variance is left at zero."""
    X, y = data((20, 3))
    with_constant = np.hstack([X, np.full((20, 1), 0.1)])
    np.testing.assert_allclose(lasso(with_constant, y, 0.1).coef, [*lasso(X, y, 0.1).coef, 0.0], atol=1e-12)


def test_the_lasso_gap_runs_from_zero_to_one_and_is_never_nan():
    """Zero at the minimum, one at the null model, infinity where the objective overflows."""
    X, y = data((30, 4))
    best, null = lasso(X, y, 0.1), LinearFit(np.zeros(4), float(y.mean()))
    assert abs(lasso_gap(X, y, best, 0.1)) < 1e-12
    np.testing.assert_allclose(lasso_gap(X, y, null, 0.1), 1.0)
    assert lasso_gap(X, y, LinearFit(np.full(4, 1e300), 0.0), 0.1) == np.inf
    assert lasso_objective(X, y, best, 0.1) < lasso_objective(X, y, LinearFit(best.coef * 1.01, best.intercept), 0.1)
