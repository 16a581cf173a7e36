"""Correlations agree with SciPy's on the shared rows, VIFs with scikit-learn's regressions."""

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from reference.correlation import correlation_matrix, drop_collinear, mean_ranks, variance_inflation


def table(seed, n_samples, n_features, share=0.0, decimals=8):
    """Return correlated columns away from zero, of which a share is missing."""
    rng = np.random.default_rng(seed)
    X = 3.0 + rng.normal(size=(n_samples, 1)) + 0.5 * rng.normal(size=(n_samples, n_features))
    X = X.round(decimals)
    X[rng.random(X.shape) < share] = np.nan
    return X


def test_ranks_are_those_of_scipy():
    """Ties share the mean of their ranks."""
    values = np.random.default_rng(0).integers(0, 6, size=30).astype(float)
    np.testing.assert_array_equal(mean_ranks(values), stats.rankdata(values))


@pytest.mark.parametrize("share", [0.0, 0.3])
@pytest.mark.parametrize("decimals", [0, 8])
def test_correlations_are_those_of_scipy(share, decimals):
    """For each pair of columns in the rows that have both, with ties and without."""
    X = table(1, 40, 5, share, decimals)
    pearson, spearman = correlation_matrix(X), correlation_matrix(X, "spearman")
    for j in range(5):
        for k in range(5):
            rows = ~np.isnan(X[:, j]) & ~np.isnan(X[:, k])
            a, b = X[rows, j], X[rows, k]
            assert pearson[j, k] == pytest.approx(stats.pearsonr(a, b).statistic, abs=1e-12)
            assert spearman[j, k] == pytest.approx(stats.spearmanr(a, b).statistic, abs=1e-12)


def test_constant_columns_correlate_with_nothing():
    """Also where a column is constant in the shared rows alone."""
    X = np.array([[1.0, 2.0, 5.0], [1.0, 3.0, 5.0], [1.0, 7.0, 5.0], [4.0, np.nan, 6.0]])
    np.testing.assert_allclose(correlation_matrix(X), [[1, 0, 1], [0, 1, 0], [1, 0, 1]], atol=1e-15)


@pytest.mark.parametrize("share", [0.0, 0.1])
@pytest.mark.parametrize("n_features", [1, 2, 6])
def test_inflation_is_that_of_regressions(n_features, share):
    """Each column regressed on the others by scikit-learn, in the complete rows."""
    X = table(2, 50, n_features, share)
    complete = X[~np.isnan(X).any(axis=1)]
    for j, factor in enumerate(variance_inflation(X)):
        others = np.delete(complete, j, axis=1) if n_features > 1 else np.zeros((len(complete), 1))
        r2 = LinearRegression(tol=1e-14).fit(others, complete[:, j]).score(others, complete[:, j])
        assert factor == pytest.approx(1.0 / (1.0 - r2), rel=1e-9)


def test_dropping_leaves_no_column_above_the_threshold():
    """And the last dropped column was above it, together with those that are left."""
    X = table(3, 60, 6, 0.05)
    everything = variance_inflation(X)
    kept = drop_collinear(X, 4.0)
    assert 0 < len(kept) < 6
    assert variance_inflation(X[:, kept]).max() <= 4.0
    assert everything.argmax() not in kept
    np.testing.assert_array_equal(drop_collinear(X, everything.max() + 1.0), np.arange(6))
