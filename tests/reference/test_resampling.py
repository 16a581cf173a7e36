"""Bootstrap intervals against SciPy's on the same replicates."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import bootstrap

from reference.resampling import bootstrap_ci, replicates_of

STATISTICS = {"mean": np.mean, "median": np.median, "std": lambda x, axis: np.std(x, axis=axis, ddof=1)}


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("method", ["percentile", "basic", "bca"])
@pytest.mark.parametrize("confidence", [0.6, 0.95])
def test_intervals_are_those_of_scipy(statistic, method, confidence):
    """Ends and standard error, for a skewed sample in which replicates of the median tie."""
    rng = np.random.default_rng(0)
    x, indices = np.exp(rng.normal(size=15)), rng.integers(0, 15, size=(400, 15))
    theirs = bootstrap(
        (x,),
        STATISTICS[statistic],
        n_resamples=0,
        bootstrap_result=SimpleNamespace(bootstrap_distribution=replicates_of(x, indices, statistic)),
        method=method,
        confidence_level=confidence,
    )
    low, high, error = bootstrap_ci(x, indices, statistic, method, confidence)
    np.testing.assert_allclose([low, high], list(theirs.confidence_interval), rtol=1e-10)
    assert error == pytest.approx(theirs.standard_error, rel=1e-12)


def test_replicates_are_statistics_of_the_resamples():
    """One row of indices, one number."""
    x, indices = np.array([1.0, 5.0, 2.0]), np.array([[0, 0, 1], [2, 1, 2]])
    np.testing.assert_allclose(replicates_of(x, indices, "mean"), [7 / 3, 3.0])
    np.testing.assert_allclose(replicates_of(x, indices, "median"), [1.0, 2.0])
    np.testing.assert_allclose(replicates_of(x, indices, "std"), [np.std([1, 1, 5], ddof=1), np.std([2, 5, 2], ddof=1)])
