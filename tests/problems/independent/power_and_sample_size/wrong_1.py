"""Pools the rates without the groups' sizes."""
import math
from statistics import NormalDist

N = NormalDist()


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    pbar = (p_a + p_b) / 2
    s0 = math.sqrt(pbar * (1 - pbar) * (1 / n_a + 1 / n_b))
    s1 = math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    d = p_a - p_b
    q = -N.inv_cdf(alpha / 2 if alternative == "two-sided" else alpha)
    upper = N.cdf((d - q * s0) / s1)
    lower = N.cdf((-d - q * s0) / s1)
    if alternative == "larger":
        return upper
    if alternative == "smaller":
        return lower
    return upper + lower


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    if (p_a == p_b or (alternative == "larger" and p_a < p_b)
            or (alternative == "smaller" and p_a > p_b)):
        raise ValueError("no size is enough")

    def ok(n):
        return power(p_a, p_b, n, ratio * n, alpha, alternative) >= target

    hi = 1
    while not ok(hi):
        hi *= 2
    lo = hi // 2  # too small, or 0
    while hi - lo > 1:
        mid = (lo + hi) // 2
        if ok(mid):
            hi = mid
        else:
            lo = mid
    return hi, ratio * hi
