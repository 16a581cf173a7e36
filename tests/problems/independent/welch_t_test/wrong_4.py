"""Both samples are shifted by a[0], then mean of squares less square of the mean; breaks t 'to 1e-6' where only b is far ('means may be as large as a million standard deviations')."""
import math
import numpy as np


def lentz(x, a, b):
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10000):
        for num in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 + num * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + num / c
            c = c if abs(c) > tiny else tiny
            h *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return h


def tail(t, nu):
    x, y = nu / (nu + t * t), t * t / (nu + t * t)
    a, b = nu / 2, 0.5
    if t == 0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x < (a + 1) / (a + b + 2):
        return front * lentz(x, a, b) / a
    return 1 - front * lentz(y, b, a) / b


def welch_t_test(a, b):
    a = np.asarray(a, dtype=float)
    b = np.asarray(b, dtype=float)
    na, nb = len(a), len(b)
    shift = a[0]
    a, b = a - shift, b - shift
    va = max((a @ a - na * a.mean() ** 2) / (na - 1), 0) / na
    vb = max((b @ b - nb * b.mean() ** 2) / (nb - 1), 0) / nb
    t = float((a.mean() - b.mean()) / math.sqrt(va + vb))
    nu = float((va + vb) ** 2 / (va ** 2 / (na - 1) + vb ** 2 / (nb - 1)))
    return t, tail(t, nu)
