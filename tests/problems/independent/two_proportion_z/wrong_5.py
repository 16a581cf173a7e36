"""The variance of the interval is at least 1e-12 'against zero'. Breaks: 'low and high are right to 1e-6 of the half width' for rates of 1e-7 in groups of ten million, or of 0 and 1."""
import math
from statistics import NormalDist


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    total, members = x_a + x_b, n_a + n_b
    if total == 0 or total == members:
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
    half = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(max(var, 1e-12))
    return z, p, diff - half, diff + half
