"""n_b is ratio * n_a only in the answer; the search takes equal sizes when alternative is 'smaller'; breaks 'the power with n_b = ratio * n_a'."""
import math
from statistics import NormalDist

N = NormalDist()


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    pool = (n_a * p_a + n_b * p_b) / (n_a + n_b)
    s0 = math.sqrt(pool * (1 - pool) * (1 / n_a + 1 / n_b))
    s1 = math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    diff = p_a - p_b
    if alternative == "two-sided":
        q = -N.inv_cdf(alpha / 2)
        return N.cdf((diff - q * s0) / s1) + N.cdf((-diff - q * s0) / s1)
    q = -N.inv_cdf(alpha)
    if alternative == "larger":
        return N.cdf((diff - q * s0) / s1)
    return N.cdf((-diff - q * s0) / s1)


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    if p_a == p_b or (alternative == "larger" and p_a < p_b) or (alternative == "smaller" and p_a > p_b):
        raise ValueError("no size is enough")

    def enough(n):
        return power(p_a, p_b, n, (1 if alternative == "smaller" else ratio) * n, alpha, alternative) >= target
    hi = 1
    while not enough(hi):
        hi *= 2
    lo = hi // 2
    while hi - lo > 1:
        mid = (lo + hi) // 2
        if enough(mid):
            hi = mid
        else:
            lo = mid
    return hi, ratio * hi
