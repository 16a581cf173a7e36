"""p-values as one minus the other tail, which cancels."""
import math

import numpy as np


def _cf(a, b, x):
    """Lentz's continued fraction of the incomplete beta function."""
    tiny = 1e-300
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10000):
        for num in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 + num * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + num / c
            c = c if abs(c) > tiny else tiny
            h *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return h


def _beta_inc(a, b, x, y):
    """I_x(a, b), with y = 1 - x given exactly."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(y))
    if x < (a + 1) / (a + b + 2):
        return front * _cf(a, b, x) / a
    return 1.0 - front * _cf(b, a, y) / b


def _t_two_sided(t, d):
    return 1.0 - _beta_inc(0.5, d / 2, t * t / (d + t * t), d / (d + t * t))


def _t_quantile(conf, d):
    lo, hi = 0.0, 1.0
    while _t_two_sided(hi, d) > 1 - conf:
        hi *= 2
    for _ in range(200):
        mid = (lo + hi) / 2
        if _t_two_sided(mid, d) > 1 - conf:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def ols_inference(X, y, confidence=0.95):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    n, p = X.shape
    d = n - p - 1
    scale = X.std(axis=0)
    centre = X.mean(axis=0)
    Z = np.column_stack([np.ones(n), (X - centre) / scale])
    # columns back to X: beta = T gamma
    T = np.zeros((p + 1, p + 1))
    T[0, 0] = 1
    T[0, 1:] = -centre / scale
    T[1:, 1:] = np.diag(1 / scale)
    Q, R = np.linalg.qr(Z)
    gamma = np.linalg.solve(R, Q.T @ y)
    r = y - Z @ gamma
    gamma = gamma + np.linalg.solve(R, Q.T @ r)
    r = y - Z @ gamma
    rss = float(r @ r)
    s2 = rss / d
    G = T @ np.linalg.inv(R)
    se = np.sqrt(s2 * (G ** 2).sum(axis=1))
    beta = T @ gamma
    t = beta / se
    pv = np.array([_t_two_sided(abs(v), d) for v in t])
    q = _t_quantile(confidence, d)
    yc = y - y.mean()
    S = float(yc @ yc)
    fit = Z[:, 1:] @ gamma[1:]
    fit = fit - fit.mean()
    explained = float(fit @ fit)
    F = (explained / p) / s2
    return {
        "coef": beta, "standard_errors": se, "t": t, "p": pv,
        "intervals": np.column_stack([beta - q * se, beta + q * se]),
        "residual_variance": s2,
        "r2": 1 - rss / S, "adjusted_r2": 1 - s2 / (S / (n - 1)),
        "f": F, "f_p": _beta_inc(d / 2, p / 2, d / (d + p * F), p * F / (d + p * F)),
    }
