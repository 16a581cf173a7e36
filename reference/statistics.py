"""Statistics: tests and intervals, with tails of the t and normal distributions that are accurate at any depth."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# From here on Stirling's series is exact to the last digit with the terms kept in `_stirling`.
_LARGE = 16.0
_ROUNDING = 2e-16
_MOST_TERMS = 100_000


@dataclass(frozen=True, slots=True)
class WelchTest:
    """A result of Welch's t-test.

    Attributes
    ----------
    t : float
        The statistic, positive when the first mean is the larger.
    df : float
        Welch-Satterthwaite degrees of freedom.
    p : float
        Two-sided p-value.
    """

    t: float
    df: float
    p: float


def welch(a: Floats, b: Floats) -> WelchTest:
    """Test whether two samples with unequal variances have equal means.

    `a` and `b` have shapes (n_a,) and (n_b,), two entries each at least, and are not both constant.

    Source: Welch, "The generalization of 'Student's' problem when several
    different population variances are involved" (1947); same as
    ``scipy.stats.ttest_ind(a, b, equal_var=False)``.
    """
    mean_a, rest_a, square_a = _mean_and_squared_error(a)
    mean_b, rest_b, square_b = _mean_and_squared_error(b)
    total = square_a + square_b
    # Each mean is a rounded number and its remainder, so that no offset costs digits of the difference.
    t = ((mean_a - mean_b) + (rest_a - rest_b)) / math.sqrt(total)
    df = 1.0 / ((square_a / total) ** 2 / (len(a) - 1) + (square_b / total) ** 2 / (len(b) - 1))
    return WelchTest(t, df, two_sided_tail(t, df))


def _mean_and_squared_error(x: Floats) -> tuple[float, float, float]:
    mean = math.fsum(x) / len(x)
    deviations = x - mean
    rest = math.fsum(deviations) / len(x)
    return mean, rest, math.fsum((deviations - rest) ** 2) / (len(x) - 1) / len(x)


def two_sided_tail(t: float, df: float) -> float:
    r"""Return P(|T| >= |t|) for Student's t distribution with `df` > 0 degrees of freedom.

    The relative error stays below 1e-12 down to 1e-250 for `df` up to 1e4.
    It is I_x(df/2, 1/2) with x = df / (df + t^2); x and 1 - x are never
    subtracted from one another.

    Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.1 and 26.5.27.
    """
    if t == 0.0:
        return 1.0
    ratio = t * t / df
    return regularised_beta(0.5 * df, 0.5, -math.log1p(ratio), -math.log1p(1.0 / ratio))


def regularised_beta(a: float, b: float, log_x: float, log_1mx: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), with x given by log(x) and log(1 - x).

    Source: Press et al., "Numerical Recipes", section 6.4; DLMF 8.17.22.
    """
    if math.exp(log_x) > (a + 1.0) / (a + b + 2.0):
        return 1.0 - regularised_beta(b, a, log_1mx, log_x)
    front = math.exp(a * log_x + b * log_1mx - log_beta(a, b))
    return front / a * _continued_fraction(a, b, math.exp(log_x))


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Evaluate DLMF 8.17.22 by the modified Lentz method, to the last digit."""
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for numerator in (even, odd):
            d = 1.0 / (1.0 + numerator * d)
            c = 1.0 + numerator / c
            value *= c * d
        if abs(value - before) <= _ROUNDING * abs(value):
            break
    return value


def log_beta(a: float, b: float) -> float:
    """Return log B(a, b) for a, b > 0, without subtracting large numbers where one of them is large."""
    small, large = min(a, b), max(a, b)
    if large < _LARGE:
        return math.lgamma(small) + math.lgamma(large) - math.lgamma(small + large)
    # log G(large) - log G(large + small), Stirling's main terms gathered.
    ratio = (
        small
        - (large + small - 0.5) * math.log1p(small / large)
        - small * math.log(large)
        + _stirling(large)
        - _stirling(large + small)
    )
    return math.lgamma(small) + ratio


def _stirling(z: float) -> float:
    """Return log G(z) - ((z - 1/2) log z - z + log(2 pi)/2), by DLMF 5.11.1."""
    inverse = 1.0 / (z * z)
    coefficients = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
    return math.fsum(c * inverse**k for k, c in enumerate(coefficients)) / z


@dataclass(frozen=True, slots=True)
class TwoProportions:
    """A result of the two-proportion z-test.

    Attributes
    ----------
    z : float
        The statistic, positive when the first proportion is the larger.
    p : float
        p-value for the alternative asked for.
    low, high : float
        Wald interval of the difference.
    """

    z: float
    p: float
    low: float
    high: float


def two_proportions(  # noqa: PLR0913, PLR0917 - two counts, two sizes and two options
    successes_a: int,
    n_a: int,
    successes_b: int,
    n_b: int,
    alternative: str = "two-sided",
    confidence: float = 0.95,
) -> TwoProportions:
    """Test whether two groups have equal success rates, and give an interval of the difference a - b.

    The test has the pooled standard error, the interval that of two separate
    rates. `alternative` is "two-sided", "larger" or "smaller".

    Source: Fleiss, Levin and Paik, "Statistical Methods for Rates and
    Proportions" (2003), sections 3.1 and 3.2; same as statsmodels'
    ``proportions_ztest([x_a, x_b], [n_a, n_b], alternative=...)`` and
    ``confint_proportions_2indep(..., compare="diff", method="wald")``.
    """
    rate_a, rate_b = successes_a / n_a, successes_b / n_b
    # One division of whole numbers, so that equal rates differ by exactly zero.
    difference = (successes_a * n_b - successes_b * n_a) / (n_a * n_b)
    total, n = successes_a + successes_b, n_a + n_b
    pooled = total * (n - total) / n**2
    z = difference / math.sqrt(pooled * (1 / n_a + 1 / n_b))
    error = math.sqrt(rate_a * (n_a - successes_a) / n_a**2 + rate_b * (n_b - successes_b) / n_b**2)
    half = normal_quantile(0.5 + confidence / 2) * error
    tail = {"two-sided": 2 * normal_tail(abs(z)), "larger": normal_tail(z), "smaller": normal_tail(-z)}
    return TwoProportions(z, tail[alternative], difference - half, difference + half)


def normal_tail(z: float) -> float:
    """Return P(Z >= z) for the standard normal distribution, accurate at any depth."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def normal_quantile(probability: float) -> float:
    """Return z with P(Z <= z) = probability, 0 < probability < 1; same as ``scipy.stats.norm.ppf``."""
    return NormalDist().inv_cdf(probability)
