"""Raises whenever both groups have a rate of 0 or 1, also nobody in one and everybody in the other. Breaks: 'nobody, or everybody, in both groups' (x_a = 0, x_b = n_b has a z)."""
import math
from statistics import NormalDist


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    total, members = x_a + x_b, n_a + n_b
    if x_a in (0, n_a) and x_b in (0, n_b):
        raise ValueError("z is 0/0")
    diff = (x_a * n_b - x_b * n_a) / (n_a * n_b)
    pooled = total / members
    z = diff / math.sqrt(pooled * ((members - total) / members) * (1 / n_a + 1 / n_b))
    if alternative == "larger":
        p = 0.5 * math.erfc(z / math.sqrt(2))
    elif alternative == "smaller":
        p = 0.5 * math.erfc(-z / math.sqrt(2))
    else:
        p = math.erfc(abs(z) / math.sqrt(2))
    var = x_a * (n_a - x_a) / n_a ** 3 + x_b * (n_b - x_b) / n_b ** 3
    half = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(var)
    return z, p, diff - half, diff + half
