"""Inference agrees with SciPy's distributions, with its simple regression and with scikit-learn."""

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from reference.regression import f_tail, ols_inference, two_sided_quantile


def data(shape, noise=1.0, seed=0):
    """Return columns with an offset, and a noisy linear function of them."""
    rng = np.random.default_rng(seed)
    X = 2.0 + rng.normal(size=shape)
    return X, 1.0 + X @ rng.normal(size=shape[1]) + noise * rng.normal(size=shape[0])


def test_one_column_is_scipys_linregress():
    """Slope, intercept, their errors and the p-value are those of simple regression."""
    X, y = data((15, 1))
    mine, theirs = ols_inference(X, y), stats.linregress(X[:, 0], y)
    np.testing.assert_allclose(mine.coef, [theirs.intercept, theirs.slope])
    np.testing.assert_allclose(mine.standard_errors, [theirs.intercept_stderr, theirs.stderr])
    np.testing.assert_allclose([mine.p[1], mine.f_p], theirs.pvalue)
    np.testing.assert_allclose(mine.r2, theirs.rvalue**2)


@pytest.mark.parametrize("shape", [(6, 4), (40, 3), (200, 8)])
@pytest.mark.parametrize("noise", [1e-3, 1.0, 50.0])
def test_the_table_follows_its_definitions(shape, noise):
    """Matrix inverses and SciPy's distributions give the same table."""
    X, y = data(shape, noise)
    n, p = shape
    mine, design = ols_inference(X, y, 0.9), np.column_stack([np.ones(n), X])
    theirs = LinearRegression(tol=1e-14).fit(X, y)
    residual = y - theirs.predict(X)
    errors = np.sqrt(residual @ residual / (n - p - 1) * np.diag(np.linalg.inv(design.T @ design)))
    np.testing.assert_allclose(mine.coef, [theirs.intercept_, *theirs.coef_], atol=1e-8 * errors.max())
    np.testing.assert_allclose(mine.standard_errors, errors, rtol=1e-8)
    np.testing.assert_allclose(mine.p, 2 * stats.t.sf(abs(mine.t), n - p - 1), rtol=1e-9)
    half = stats.t.ppf(0.95, n - p - 1) * errors
    np.testing.assert_allclose(mine.intervals, np.column_stack([mine.coef - half, mine.coef + half]), rtol=1e-7)
    assert mine.r2 == pytest.approx(theirs.score(X, y), abs=1e-12)
    np.testing.assert_allclose(mine.f_p, stats.f.sf(mine.f, p, n - p - 1), rtol=1e-9)
    nested = (np.square(y - y.mean()).sum() - residual @ residual) / p / mine.residual_variance
    np.testing.assert_allclose(mine.f, nested, rtol=1e-8)
    assert mine.adjusted_r2 == pytest.approx(1 - mine.residual_variance / y.var(ddof=1), abs=1e-12)


@pytest.mark.parametrize("f", [1e-3, 1.0, 30.0, 1e6])
@pytest.mark.parametrize("numerator", [1, 2, 7])
@pytest.mark.parametrize("denominator", [1, 4, 190])
def test_f_tails_are_those_of_scipy(f, numerator, denominator):
    """Also far out, where one less the rest would be zero."""
    theirs = stats.f.sf(f, numerator, denominator)
    np.testing.assert_allclose(f_tail(f, numerator, denominator), theirs, rtol=1e-10)


@pytest.mark.parametrize("df", [1, 5, 200])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_quantiles_are_those_of_scipy(df, confidence):
    """Both sides share what is left."""
    np.testing.assert_allclose(two_sided_quantile(confidence, df), stats.t.ppf(0.5 + confidence / 2, df), rtol=1e-10)
