"""Estimates agree with SciPy's for censored data, and their errors with finite differences."""

import numpy as np
import pytest
from scipy import stats

from reference.likelihood import exponential_mle, weibull_log_likelihood, weibull_mle


def data(seed, shape=1.7, n_samples=60, censored=0.4):
    """Return times of scale 30, a share of them censored."""
    rng = np.random.default_rng(seed)
    times = 30.0 * rng.weibull(shape, size=n_samples)
    observed = rng.random(n_samples) >= censored
    return np.where(observed, times, times * rng.uniform(0.2, 1.0, size=n_samples)), observed


def right_censored(times, observed):
    """Return the same as SciPy takes it."""
    return stats.CensoredData(uncensored=times[observed], right=times[~observed])


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("censored", [0.0, 0.5])
def test_weibull_estimates_are_those_of_scipy(shape, censored):
    """SciPy's optimiser stops at 1e-4 or so; the likelihood is not above ours."""
    times, observed = data(1, shape, censored=censored)
    mine = weibull_mle(times, observed)
    k, _, scale = stats.weibull_min.fit(right_censored(times, observed), floc=0)
    np.testing.assert_allclose([mine.shape, mine.scale], [k, scale], rtol=1e-3)
    theirs = weibull_log_likelihood(times, observed, k, scale)
    assert theirs <= mine.log_likelihood <= theirs + 1e-4
    frozen = stats.weibull_min(mine.shape, scale=mine.scale)
    likelihood = frozen.logpdf(times[observed]).sum() + frozen.logsf(times[~observed]).sum()
    assert mine.log_likelihood == pytest.approx(likelihood, rel=1e-12)


def test_errors_are_those_of_finite_differences():
    """The inverse of minus the second derivatives; the first ones vanish."""
    times, observed = data(2)
    mine = weibull_mle(times, observed)
    at, step = np.array([mine.shape, mine.scale]), 1e-4 * np.array([mine.shape, mine.scale])
    axes = np.diag(step)

    def likelihood(point):
        return weibull_log_likelihood(times, observed, *point)

    hessian = np.array(
        [
            [
                likelihood(at + a + b) - likelihood(at + a - b) - likelihood(at - a + b) + likelihood(at - a - b)
                for b in axes
            ]
            for a in axes
        ]
    ) / (4 * np.outer(step, step))
    np.testing.assert_allclose(mine.standard_errors, np.sqrt(np.diag(np.linalg.inv(-hessian))), rtol=1e-4)
    slopes = [(likelihood(at + a) - likelihood(at - a)) / 2 for a in axes]
    np.testing.assert_allclose(slopes, 0.0, atol=1e-7)


def test_the_exponential_estimate_and_the_test():
    """The rate is SciPy's, and p the tail of chi square."""
    times, observed = data(3, shape=1.2)
    plain, mine = exponential_mle(times, observed), weibull_mle(times, observed)
    _, scale = stats.expon.fit(right_censored(times, observed), floc=0)
    assert plain.rate == pytest.approx(1.0 / scale, rel=1e-3)
    assert plain.log_likelihood == pytest.approx(
        weibull_log_likelihood(times, observed, 1.0, 1.0 / plain.rate), rel=1e-12
    )
    assert plain.standard_error == pytest.approx(plain.rate / np.sqrt(observed.sum()))
    assert mine.likelihood_ratio == pytest.approx(2 * (mine.log_likelihood - plain.log_likelihood))
    assert mine.p == pytest.approx(stats.chi2.sf(mine.likelihood_ratio, 1), rel=1e-10)
