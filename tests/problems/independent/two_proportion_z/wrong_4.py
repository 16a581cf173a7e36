"""Raises when the pooled rate is np.isclose to 1 (rtol 1e-5), e.g. 9,999,990 of ten million. Breaks: 'When nobody, or everybody, in both groups was successful' only."""
import math

import numpy as np
from statistics import NormalDist


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    total, members = x_a + x_b, n_a + n_b
    if np.isclose(total / members, 0) or np.isclose(total / members, 1):
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
