"""QR of the columns with a one before them; tails by a continued fraction of the incomplete beta function."""

import math

import numpy as np


def continued_fraction(a, b, x):
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 200):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + numerator * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + numerator / c
            c = c if abs(c) > tiny else tiny
            h *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return h


def incomplete_beta(a, b, x, y):
    """Return I_x(a, b), with y = 1 - x given so that it loses no digits."""
    if x <= 0.0:
        return 0.0
    if y <= 0.0:
        return 1.0
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y)
    if x < (a + 1.0) / (a + b + 2.0):
        return math.exp(front) * continued_fraction(a, b, x) / a
    return 1.0 - math.exp(front) * continued_fraction(b, a, y) / b


def t_tail(t, d):
    """Return P(|T| >= |t|)."""
    return incomplete_beta(d / 2, 0.5, d / (d + t * t), t * t / (d + t * t))


def f_tail(f, p, d):
    return incomplete_beta(d / 2, p / 2, d / (d + p * f), p * f / (d + p * f))


def t_quantile(confidence, d):
    low, high = 0.0, 1e6
    for _ in range(70):
        middle = (low + high) / 2
        if 1.0 - t_tail(middle, d) < confidence:
            low = middle
        else:
            high = middle
    return high


def ols_inference(X, y, confidence=0.95):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    n, p = X.shape
    A = np.column_stack([np.ones(n), X])
    Q, R = np.linalg.qr(A)
    coef = np.linalg.solve(R, Q.T @ y)
    residual = y - A @ coef
    d = n - p - 1
    rss = residual @ residual
    total = ((y - y.mean()) ** 2).sum()
    variance = rss / d
    inverse = np.linalg.inv(R)
    errors = np.sqrt(variance * (inverse**2).sum(axis=1))
    t = coef / errors
    half = t_quantile(confidence, d) * errors
    f = (total - rss) / p / variance
    return {
        "coef": coef,
        "standard_errors": errors,
        "t": t,
        "p": np.array([t_tail(value, d) for value in t]),
        "intervals": np.column_stack([coef - half, coef + half]),
        "residual_variance": variance,
        "r2": 1.0 - rss / total,
        "adjusted_r2": 1.0 - (rss / d) / (total / (n - 1)),
        "f": f,
        "f_p": f_tail(f, p, d),
    }
