"""Pseudo-inverse with rcond 1e-6 drops directions that are there; breaks coef for 'deviations from 0.01 to 100 ... correlated by up to 0.99'."""
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


def betainc(x, y, a, b):
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x < (a + 1) / (a + b + 2):
        return front * lentz(x, a, b) / a
    return 1 - front * lentz(y, b, a) / b


def t_tail(t, d):
    return betainc(d / (d + t * t), t * t / (d + t * t), d / 2, 0.5)


def t_quantile(g, d):
    lo, hi = 0.0, 1e6
    for _ in range(200):
        mid = (lo + hi) / 2
        if t_tail(mid, d) > 1 - g:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def ols_inference(X, y, confidence=0.95):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    n, p = X.shape
    A = np.column_stack([np.ones(n), X])
    d = n - p - 1
    Q, R = np.linalg.qr(A)
    P = np.linalg.pinv(A, rcond=1e-6)
    coef = P @ y
    r = y - A @ coef
    rss = float(r @ r)
    s2 = rss / d
    se = np.sqrt(s2 * (P ** 2).sum(axis=1))
    t = coef / se
    pv = np.array([t_tail(float(v), d) for v in t])
    q = t_quantile(confidence, d)
    S = float(((y - y.mean()) ** 2).sum())
    f = (S - rss) / p / s2
    return {"coef": coef, "standard_errors": se, "t": t, "p": pv, "intervals": np.column_stack([coef - q * se, coef + q * se]),
            "residual_variance": s2, "r2": 1 - rss / S, "adjusted_r2": 1 - s2 / (S / (n - 1)), "f": f,
            "f_p": betainc(d / (d + p * f), p * f / (d + p * f), d / 2, p / 2)}
