"""The references for statistics against SciPy and closed forms."""

import math

import numpy as np
import pytest
from scipy import special, stats

from reference.statistics import (
    log_beta,
    normal_quantile,
    normal_tail,
    regularised_beta,
    two_proportions,
    two_sided_tail,
    welch,
)

# SciPy's own tail is off by 3e-11 at df = 1 and t = 1e-6; there the closed forms below decide.
DEGREES = (1.0, 1.3, 2.0, 3.7, 10.5, 31.0, 97.3, 450.8, 2000.0, 9999.5)
TAILS = [(t, df) for df in DEGREES for t in (0.01, 0.7, 1.0, 1.9, 4.2, 14.0, 30.0)]


def relative(mine, right):
    return abs(mine - right) / abs(right)


@pytest.mark.parametrize(("t", "df"), TAILS)
def test_the_tail_is_scipys(t, df):
    """Twice the survival function of scipy.stats.t, from the middle to 1e-190."""
    assert relative(two_sided_tail(t, df), 2 * stats.t.sf(t, df)) < 1e-12


@pytest.mark.parametrize("t", [1e-8, 0.3, 1.0, 5.0, 1e3, 1e20])
def test_one_degree_of_freedom_is_cauchy(t):
    """With df = 1 the tail is 2/pi atan(1/t)."""
    assert relative(two_sided_tail(t, 1.0), 2 / math.pi * math.atan(1 / t)) < 1e-12


@pytest.mark.parametrize("t", [1e-8, 0.3, 1.0, 5.0, 1e3, 1e20])
def test_two_degrees_of_freedom_have_a_closed_form(t):
    """With df = 2 the tail is 1 - t / sqrt(2 + t^2), here without cancellation."""
    root = math.sqrt(2 + t * t)
    assert relative(two_sided_tail(t, 2.0), 2 / (root * (root + t))) < 1e-12


@pytest.mark.parametrize("half_df", [5, 20, 45])
@pytest.mark.parametrize("t", [2.0, 20.0, 200.0])
def test_even_degrees_of_freedom_have_a_finite_sum(half_df, t):
    """With df = 2m, swapping the parameters of I_x(m, 1/2) leaves a series of positive terms."""
    df = 2.0 * half_df
    x = df / (df + t * t)
    # I_x(m, 1/2) = x^m (1-x)^(1/2) / (m B(m, 1/2)) * sum of (m + 1/2)_k / (m + 1)_k x^k.
    terms, k = [1.0], 0
    while terms[-1] > 1e-18 * terms[0]:
        terms.append(terms[-1] * (half_df + 0.5 + k) / (half_df + 1 + k) * x)
        k += 1
    beta = math.gamma(half_df) * math.gamma(0.5) / math.gamma(half_df + 0.5)
    right = x**half_df * math.sqrt(t * t / (df + t * t)) / (half_df * beta) * math.fsum(terms)
    assert relative(two_sided_tail(t, df), right) < 1e-12


def test_no_difference_has_probability_one():
    """At t = 0 the tail is everything."""
    assert two_sided_tail(0.0, 7.5) == 1.0


def test_the_sign_of_t_does_not_matter():
    """The tail is two-sided."""
    assert two_sided_tail(-3.25, 11.2) == two_sided_tail(3.25, 11.2)


@pytest.mark.parametrize("a", [0.3, 0.5, 2.0, 40.0, 700.0])
@pytest.mark.parametrize("b", [0.5, 3.0, 25.0])
@pytest.mark.parametrize("x", [1e-6, 0.2, 0.5, 0.93, 0.99999])
def test_the_incomplete_beta_function_is_scipys(a, b, x):
    """I_x(a, b) as scipy.special.betainc has it, where that is no underflow."""
    right = special.betainc(a, b, x)
    if right > 1e-290:
        assert relative(regularised_beta(a, b, math.log(x), math.log1p(-x)), right) < 2e-12


@pytest.mark.parametrize("a", [0.5, 1.0, 7.25, 15.9, 16.1, 333.0])
def test_the_beta_function_is_scipys(a):
    """log B(a, 1/2) as scipy.special.betaln has it."""
    assert abs(log_beta(a, 0.5) - special.betaln(a, 0.5)) < 1e-12


@pytest.mark.parametrize("a", [50.0, 5e3, 1e8])
def test_the_beta_function_is_the_same_from_both_sides_of_a_step(a):
    """B(a + 1, b) = B(a, b) a / (a + b), also where log-gamma has lost its digits."""
    assert abs(log_beta(a + 1, 0.5) - log_beta(a, 0.5) - math.log1p(-0.5 / (a + 0.5))) < 1e-14


@pytest.mark.parametrize(
    ("n_a", "n_b", "shift"), [(2, 2, 1.0), (2, 40, 3.0), (3, 9, 0.1), (30, 55, 4.0), (400, 300, 1.2)]
)
def test_the_whole_test_is_scipys(n_a, n_b, shift):
    """Statistic, degrees of freedom and p-value of scipy.stats.ttest_ind."""
    rng = np.random.default_rng([n_a, n_b])
    a, b = rng.normal(size=n_a), shift + 2.5 * rng.normal(size=n_b)
    mine, right = welch(a, b), stats.ttest_ind(a, b, equal_var=False)
    assert relative(mine.t, right.statistic) < 1e-12
    assert relative(mine.df, right.df) < 1e-12
    assert relative(mine.p, right.pvalue) < 1e-11


def test_an_offset_costs_no_digits():
    """Numbers that an offset of 1024 leaves exact give the same test with it."""
    rng = np.random.default_rng(3)
    a, b = (np.rint(rng.normal(size=n) * 2**10) / 2**20 for n in (12, 31))
    plain, moved = welch(a, b), welch(a + 1024.0, b + 1024.0)
    assert relative(moved.t, plain.t) < 1e-13
    assert relative(moved.p, plain.p) < 1e-13


@pytest.mark.parametrize("z", [-30.0, -3.0, -1e-9, 0.0, 0.5, 2.0, 9.0, 37.0])
def test_the_normal_tail_is_scipys(z):
    """The survival function of scipy.stats.norm, down to 1e-300."""
    assert relative(normal_tail(z), stats.norm.sf(z)) < 1e-12


@pytest.mark.parametrize("probability", [1e-12, 0.01, 0.3, 0.5, 0.9, 0.975, 0.99999])
def test_the_normal_quantile_is_scipys(probability):
    """The quantile of scipy.stats.norm."""
    assert abs(normal_quantile(probability) - stats.norm.ppf(probability)) < 1e-13


@pytest.mark.parametrize("alternative", ["two-sided", "larger", "smaller"])
@pytest.mark.parametrize(("x", "n"), [((40, 55), (100, 90)), ((0, 3), (7, 9)), ((5200, 4800), (100_000, 100_003))])
def test_two_proportions_are_two_samples_of_zeros_and_ones(x, n, alternative):
    """The pooled variance is that of all outcomes taken together, the separate ones are those of each group."""
    a, b = (np.repeat([1.0, 0.0], [hits, size - hits]) for hits, size in zip(x, n, strict=True))
    mine = two_proportions(x[0], n[0], x[1], n[1], alternative, 0.9)
    z = (a.mean() - b.mean()) / math.sqrt(np.concatenate([a, b]).var() * (1 / n[0] + 1 / n[1]))
    assert relative(mine.z, z) < 1e-10
    tail = {"two-sided": 2 * stats.norm.sf(abs(z)), "larger": stats.norm.sf(z), "smaller": stats.norm.cdf(z)}
    assert relative(mine.p, tail[alternative]) < 1e-9
    low, high = stats.norm.interval(0.9, a.mean() - b.mean(), math.sqrt(a.var() / n[0] + b.var() / n[1]))
    assert abs(mine.low - low) < 1e-12
    assert abs(mine.high - high) < 1e-12


def test_the_squared_z_is_pearsons_chi_square():
    """z squared is the chi-square statistic of the two-by-two table, and the p-values are equal."""
    mine = two_proportions(31, 80, 55, 97)
    right = stats.chi2_contingency([[31, 49], [55, 42]], correction=False)
    assert relative(mine.z**2, right.statistic) < 1e-12
    assert relative(mine.p, right.pvalue) < 1e-11
