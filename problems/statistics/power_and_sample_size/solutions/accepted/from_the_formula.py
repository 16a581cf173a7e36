"""Tails by erfc; the size is walked to from the closed formula, which leaves the far tail out."""

import math
from statistics import NormalDist


def upper(z):
    return math.erfc(z / math.sqrt(2)) / 2


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    # Exchanging the groups turns "smaller" into "larger".
    if alternative == "smaller":
        return power(p_b, p_a, n_b, n_a, alpha, "larger")
    mean = (n_a * p_a + n_b * p_b) / (n_a + n_b)
    spread = math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    line = math.sqrt(mean * (1 - mean) * (n_a + n_b) / (n_a * n_b))
    if alternative == "larger":
        return upper((NormalDist().inv_cdf(1 - alpha) * line - (p_a - p_b)) / spread)
    line *= NormalDist().inv_cdf(1 - alpha / 2)
    return upper((line - (p_a - p_b)) / spread) + upper((line + (p_a - p_b)) / spread)


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    wanted = {"larger": p_a > p_b, "smaller": p_a < p_b, "two-sided": p_a != p_b}[alternative]
    if not wanted:
        raise ValueError("the power never reaches the target")
    mean = (p_a + ratio * p_b) / (1 + ratio)
    q = NormalDist().inv_cdf(1 - (alpha / 2 if alternative == "two-sided" else alpha))
    line = q * math.sqrt(mean * (1 - mean) * (1 + 1 / ratio))
    spread = NormalDist().inv_cdf(target) * math.sqrt(p_a * (1 - p_a) + p_b * (1 - p_b) / ratio)
    n = max(1, math.ceil(((line + spread) / (p_a - p_b)) ** 2))
    while n > 1 and power(p_a, p_b, n - 1, ratio * (n - 1), alpha, alternative) >= target:
        n -= 1
    while power(p_a, p_b, n, ratio * n, alpha, alternative) < target:
        n += 1
    return n, ratio * n
