"""Degrees of freedom are rounded down."""
import math

import numpy as np


def _contfrac(a, b, x):
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 5000):
        for coef in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 + coef * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + coef / c
            c = c if abs(c) > tiny else tiny
            h *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return h


def welch_t_test(a, b):
    a = np.asarray(a, dtype=float)
    b = np.asarray(b, dtype=float)
    shift = a[0]
    a, b = a - shift, b - shift
    na, nb = len(a), len(b)
    va, vb = a.var(ddof=1) / na, b.var(ddof=1) / nb
    t = float((a.mean() - b.mean()) / math.sqrt(va + vb))
    nu = math.floor((va + vb) ** 2 / (va ** 2 / (na - 1) + vb ** 2 / (nb - 1)))
    if t == 0:
        return t, 1.0
    r = t * t / nu
    x, y = 1 / (1 + r), r / (1 + r)
    A, B = nu / 2, 0.5
    front = math.exp(math.lgamma(A + B) - math.lgamma(A) - math.lgamma(B)
                     - A * math.log1p(r) + B * math.log(y))
    if x < (A + 1) / (A + B + 2):
        p = front * _contfrac(A, B, x) / A
    else:
        p = 1 - front * _contfrac(B, A, y) / B
    return t, p
