"""The root between two whole numbers is rounded before the next one is taken."""

from math import ceil, erf, sqrt
from statistics import NormalDist


def phi(x):
    return 0.5 + 0.5 * erf(x / sqrt(2))


def shares(p_a, p_b, ratio, alpha, alternative):
    """Return (drift, lines): with n_a visitors the ends of the test lie at lines + drift * sqrt(n_a), in units of s_1."""
    mean = (p_a + ratio * p_b) / (1 + ratio)
    one = sqrt(p_a * (1 - p_a) + p_b * (1 - p_b) / ratio)
    nought = sqrt(mean * (1 - mean) * (1 + 1 / ratio))
    q = NormalDist().inv_cdf(1 - alpha / (2 if alternative == "two-sided" else 1))
    return (p_a - p_b) / one, q * nought / one


def reach(root, drift, line, alternative):
    found = 0.0
    if alternative != "smaller":
        found += phi(drift * root - line)
    if alternative != "larger":
        found += phi(-drift * root - line)
    return found


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    drift, line = shares(p_a, p_b, n_b / n_a, alpha, alternative)
    return reach(sqrt(n_a), drift, line, alternative)


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    if p_a == p_b or (alternative == "larger") * (p_b > p_a) or (alternative == "smaller") * (p_a > p_b):
        raise ValueError(f"rates of {p_a} and {p_b} are never told apart")
    drift, line = shares(p_a, p_b, ratio, alpha, alternative)
    low, high = 0.0, 1.0
    while reach(high, drift, line, alternative) < target:
        low, high = high, 2 * high
    for _ in range(60):
        middle = 0.5 * (low + high)
        if reach(middle, drift, line, alternative) < target:
            low = middle
        else:
            high = middle
    n = max(ceil(round(high * high, 6)), 1)
    return n, n * ratio
