import math
from statistics import NormalDist


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    x, n = x_a + x_b, n_a + n_b
    if x == 0 or x == n:
        raise ValueError("no variation")
    diff = (x_a * n_b - x_b * n_a) / (n_a * n_b)
    z = diff / math.sqrt(x * (n - x) / (n * n) * (n / (n_a * n_b)))
    if alternative == "two-sided":
        p = math.erfc(abs(z) / math.sqrt(2))
    elif alternative == "larger":
        p = 0.5 * math.erfc(z / math.sqrt(2))
    else:
        p = 0.5 * math.erfc(-z / math.sqrt(2))
    q = NormalDist().inv_cdf(0.5 + confidence / 2)
    half = q * math.sqrt(x_a * (n_a - x_a) / n_a ** 3 + x_b * (n_b - x_b) / n_b ** 3)
    return z, p, diff - half, diff + half
