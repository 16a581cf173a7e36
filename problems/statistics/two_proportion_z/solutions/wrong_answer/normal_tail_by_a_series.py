"""The normal distribution by a polynomial that is right to 1e-7 (Abramowitz and Stegun 26.2.17): not so in the tail."""

import math
from statistics import NormalDist


def tail(z):
    t = 1 / (1 + 0.2316419 * abs(z))
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    value = math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * series
    return value if z >= 0 else 1 - value


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    if x_a + x_b in (0, n_a + n_b):
        raise ValueError("no rate between 0 and 1 to test")
    p_a, p_b = x_a / n_a, x_b / n_b
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
