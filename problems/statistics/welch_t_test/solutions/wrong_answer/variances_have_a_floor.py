"""Variances below 1e-8 are raised to it, so that a constant sample counts as one that varies."""

import math

import numpy as np


def continued_fraction(a, b, x):
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, 10000):
        before = value
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / (1.0 + numerator * d)
            c = 1.0 + numerator / c
            value *= c * d
        if abs(value - before) < 1e-15 * abs(value):
            break
    return value


def incomplete_beta(a, b, x):
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a * continued_fraction(a, b, x)


def welch_t_test(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    square_a, square_b = max(a.var(ddof=1), 1e-8) / len(a), max(b.var(ddof=1), 1e-8) / len(b)
    t = (a.mean() - b.mean()) / math.sqrt(square_a + square_b)
    df = (square_a + square_b) ** 2 / (square_a**2 / (len(a) - 1) + square_b**2 / (len(b) - 1))
    p = incomplete_beta(df / 2, 0.5, df / (df + t * t))
    return t, p
