"""Power and sample size of an A/B test, by other means."""

import math
from statistics import NormalDist
def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    pb = (n_a*p_a+n_b*p_b)/(n_a+n_b); s0 = math.sqrt(pb*(1-pb)*(1/n_a+1/n_b)); D = NormalDist(p_a-p_b, math.sqrt(p_a*(1-p_a)/n_a+p_b*(1-p_b)/n_b))
    if alternative == "two-sided":
        q = NormalDist().inv_cdf(1-alpha/2); return 1-D.cdf(q*s0)+D.cdf(-q*s0)
    q = NormalDist().inv_cdf(1-alpha)
    return 1-D.cdf(q*s0) if alternative == "larger" else D.cdf(-q*s0)
def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    d = p_a-p_b
    if d == 0 or (alternative == "larger" and d < 0) or (alternative == "smaller" and d > 0): raise ValueError("never")
    lo, hi = 0, 10**9
    while hi-lo > 1:
        m = (lo+hi)//2
        if power(p_a, p_b, m, m*ratio, alpha, alternative) >= target: hi = m
        else: lo = m
    return hi, hi*ratio
