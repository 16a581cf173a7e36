"""Powers against exact binomial probabilities, sizes against a search through all of them."""

import numpy as np
import pytest
from scipy import stats

from reference.power import proportion_power, proportion_sample_size

ALTERNATIVES = ["two-sided", "larger", "smaller"]


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize(("p_a", "p_b"), [(0.5, 0.4), (0.35, 0.45)])
def test_power_is_near_the_exact_one(p_a, p_b, alternative):
    """All outcomes of the pooled z-test, weighted by their binomial probabilities."""
    n_a, n_b = 400, 300
    x_a, x_b = np.arange(n_a + 1)[:, None], np.arange(n_b + 1)
    pooled = (x_a + x_b) / (n_a + n_b)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    z = (x_a / n_a - x_b / n_b) / np.where(error > 0, error, 1.0)
    q = stats.norm.isf(0.025 if alternative == "two-sided" else 0.05)
    rejects = {"two-sided": np.abs(z) > q, "larger": z > q, "smaller": z < -q}[alternative]
    chances = stats.binom.pmf(x_a, n_a, p_a) * stats.binom.pmf(x_b, n_b, p_b)
    assert proportion_power(p_a, p_b, n_a, n_b, 0.05, alternative) == pytest.approx(chances[rejects].sum(), abs=0.01)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize("alpha", [1e-6, 0.05, 0.3])
def test_equal_rates_have_power_alpha(alternative, alpha):
    """Under the null hypothesis the power is the size of the test."""
    assert proportion_power(0.3, 0.3, 50, 170, alpha, alternative) == pytest.approx(alpha, rel=1e-10)


@pytest.mark.parametrize("ratio", [1, 3])
@pytest.mark.parametrize("target", [0.6, 0.9])
@pytest.mark.parametrize(
    ("p_a", "p_b", "alternative"), [(0.2, 0.3, "two-sided"), (0.9, 0.1, "larger"), (0.1, 0.15, "smaller")]
)
def test_the_size_is_the_least_that_is_enough(p_a, p_b, alternative, ratio, target):
    """The first of 1, 2, 3, ... that reaches the target."""
    powers = (proportion_power(p_a, p_b, n, ratio * n, 0.05, alternative) for n in range(1, 2000))
    first = next(n for n, power in enumerate(powers, start=1) if power >= target)
    assert proportion_sample_size(p_a, p_b, target, 0.05, ratio, alternative) == (first, ratio * first)


def test_no_size_is_enough():
    """Equal rates, and one-sided alternatives that look the other way."""
    for rates, alternative in (((0.2, 0.2), "two-sided"), ((0.1, 0.2), "larger"), ((0.2, 0.1), "smaller")):
        with pytest.raises(ValueError):
            proportion_sample_size(*rates, alternative=alternative)
