"""The pooled rate is kept a ten-millionth away from 0 and 1, which is more than one success in twenty million."""

import math
from statistics import NormalDist


def tail(z):
    return math.erfc(z / math.sqrt(2)) / 2


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    if x_a + x_b in (0, n_a + n_b):
        raise ValueError("no rate between 0 and 1 to test")
    p_a, p_b = x_a / n_a, x_b / n_b
    pooled = min(max((x_a + x_b) / (n_a + n_b), 1e-7), 1 - 1e-7)
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
