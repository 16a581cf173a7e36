"""Is the difference of two rates more than chance?"""

from math import erfc, sqrt
from statistics import NormalDist


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    if x_a + x_b == 0 or x_a + x_b == n_a + n_b:
        raise ValueError("everybody did the same; there is nothing to test")
    rate_a, rate_b, rate = x_a / n_a, x_b / n_b, (x_a + x_b) / (n_a + n_b)
    z = (rate_a - rate_b) / sqrt(rate * (1 - rate) * (1 / n_a + 1 / n_b))
    # erfc keeps its digits far out, where 1 - cdf(z) would be 0.
    p = {
        "two-sided": erfc(abs(z) / sqrt(2)),
        "larger": erfc(z / sqrt(2)) / 2,
        "smaller": erfc(-z / sqrt(2)) / 2,
    }[alternative]
    variance = rate_a * (1 - rate_a) / n_a + rate_b * (1 - rate_b) / n_b
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * sqrt(variance)
    return z, p, rate_a - rate_b - reach, rate_a - rate_b + reach
