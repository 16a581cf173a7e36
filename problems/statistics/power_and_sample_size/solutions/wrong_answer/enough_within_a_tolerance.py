"""A size is enough when its power misses the target by less than 1e-9."""

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
    enough = 1
    while power(p_a, p_b, enough, ratio * enough, alpha, alternative) < target - 1e-9:
        enough *= 2
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if power(p_a, p_b, middle, ratio * middle, alpha, alternative) < target - 1e-9:
            too_few = middle
        else:
            enough = middle
    return enough, ratio * enough
