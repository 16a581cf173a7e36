"""Normal equations of standardised columns; tails by a power series, and quantiles by Newton's method in the tail."""

import math

import numpy as np


def series(a, b, x, y):
    """Return I_x(a, b) by a series of positive terms, for x that is not near one."""
    term, total, n = 1.0, 1.0, 0
    while term > 1e-17 * total:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    log_front = math.lgamma(a + b) - math.lgamma(a + 1) - math.lgamma(b) + a * math.log(x) + b * math.log(y)
    return math.exp(log_front + math.log(total))


def upper_f(f, p, d):
    """Return P(F >= f) for p and d degrees of freedom."""
    if f == 0:
        return 1.0
    x, y = d / (d + p * f), p * f / (d + p * f)
    # The series is short where x is well below the mean of the distribution, d / (d + p).
    if x < d / (d + p):
        return series(d / 2, p / 2, x, y)
    return 1.0 - series(p / 2, d / 2, y, x)


def t_quantile(tail, d):
    """Return q with P(|T| > q) = tail."""
    low, high = 1e-9, 1.0
    while upper_f(high**2, 1, d) > tail:
        high *= 2
    while high - low > 1e-13 * high:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if upper_f(middle**2, 1, d) > tail else (low, middle)
    return high


def ols_inference(X, y, confidence=0.95):
    X, y = np.array(X, dtype=np.float64), np.array(y, dtype=np.float64)
    (n, p), mean, scale = X.shape, X.mean(axis=0), X.std(axis=0)
    Z, centred = (X - mean) / scale, y - y.mean()
    G = np.linalg.inv(Z.T @ Z)
    slopes = G @ (Z.T @ centred)
    # One step of refinement brings back what the product of the columns has lost.
    slopes += G @ (Z.T @ (centred - Z @ slopes))
    r = centred - Z @ slopes
    d = n - p - 1
    s2 = (r**2).sum() / d
    v = mean / scale
    leverage = np.concatenate([[1 / n + v @ G @ v], np.diag(G) / scale**2])
    coef = np.concatenate([[y.mean() - v @ slopes], slopes / scale])
    se = np.sqrt(s2 * leverage)
    t = coef / se
    explained = ((Z @ slopes) ** 2).sum()
    f = explained / p / s2
    q = t_quantile(1 - confidence, d)
    r2 = explained / (explained + s2 * d)
    return {
        "coef": coef.tolist(),
        "standard_errors": se,
        "t": t,
        "p": [upper_f(float(value) ** 2, 1, d) for value in t],
        "intervals": [(b - q * e, b + q * e) for b, e in zip(coef, se)],
        "residual_variance": float(s2),
        "r2": r2,
        "adjusted_r2": 1 - (1 - r2) * (n - 1) / d,
        "f": f,
        "f_p": upper_f(float(f), p, d),
    }
