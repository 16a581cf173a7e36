"""Takes singular values below a millionth of the largest for zero, and loses columns of a small unit."""

import math

import numpy as np


def lentz(a, b, x):
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1000):
        m = step // 2
        if step == 0:
            numerator = 1.0
        elif step % 2:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + numerator * d)
        c = 1 + numerator / c
        value *= c * d
        if abs(1 - c * d) < 1e-13:
            break
    return value - 1


def beta_share(a, b, x):
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(b, a, 1 - x)
    if x <= 0:
        return 0.0
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a * lentz(a, b, x)


def ols_inference(X, y, confidence=0.95):
    X, y = np.asarray(X, float), np.asarray(y, float)
    n, p = X.shape
    d = n - p - 1
    A = np.hstack([np.ones((n, 1)), X])
    left = np.linalg.pinv(A, rcond=1e-6)
    inverse = left @ left.T
    coef = left @ y
    r = y - A @ coef
    s2 = r @ r / d
    se = np.sqrt(s2 * np.diag(inverse))
    t = coef / se

    def tail(value):
        return beta_share(d / 2, 0.5, d / (d + value * value))

    low, high = 0.0, 2000.0
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if tail(middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    S = ((y - y.mean()) ** 2).sum()
    f = (S - r @ r) / p / s2
    return dict(
        coef=coef,
        standard_errors=se,
        t=t,
        p=[tail(value) for value in t],
        intervals=np.stack([coef - high * se, coef + high * se], axis=1),
        residual_variance=s2,
        r2=1 - r @ r / S,
        adjusted_r2=1 - s2 / S * (n - 1),
        f=f,
        f_p=beta_share(d / 2, p / 2, d / (d + p * f)),
    )
