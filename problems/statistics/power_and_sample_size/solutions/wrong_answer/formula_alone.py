"""Rounds the closed formula up, which leaves out the far tail: the size is then a little too large."""

import math
from statistics import NormalDist

NORMAL = NormalDist()


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    pooled = (n_a * p_a + n_b * p_b) / (n_a + n_b)
    s_0 = math.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    s_1 = math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    d = p_a - p_b
    tail = alpha / 2 if alternative == "two-sided" else alpha
    q = -NORMAL.inv_cdf(tail)
    above = NORMAL.cdf((d - q * s_0) / s_1)
    below = NORMAL.cdf((-d - q * s_0) / s_1)
    return {"two-sided": above + below, "larger": above, "smaller": below}[alternative]


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    d = p_a - p_b
    if d == 0 or (alternative == "larger" and d < 0) or (alternative == "smaller" and d > 0):
        raise ValueError("no size is enough")
    q = NORMAL.inv_cdf(1 - (alpha / 2 if alternative == "two-sided" else alpha))
    z = NORMAL.inv_cdf(target)
    mean = (p_a + ratio * p_b) / (1 + ratio)
    n = math.ceil(((q * math.sqrt(mean * (1 - mean) * (1 + 1 / ratio)) + z * math.sqrt(p_a * (1 - p_a) + p_b * (1 - p_b) / ratio)) / d) ** 2)
    n = max(n, 1)
    return n, ratio * n
