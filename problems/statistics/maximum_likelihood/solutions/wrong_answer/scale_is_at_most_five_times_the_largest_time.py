"""The scale is sought below five times the largest time."""

import math

import numpy as np


def exponential_mle(times, observed):
    t, seen = np.asarray(times, dtype=float), np.asarray(observed, dtype=bool)
    d = int(seen.sum())
    if d == 0:
        raise ValueError("no end was observed")
    rate = d / t.sum()
    return {"rate": rate, "standard_error": rate / math.sqrt(d), "log_likelihood": d * math.log(rate) - d}


def finish(t, seen, shape, scale):
    d = seen.sum()
    z = np.log(t / scale)
    u = np.exp(shape * z)
    c = -shape / scale * (u * z).sum()
    J = np.array([[d / shape**2 + (u * z**2).sum(), c], [c, shape**2 * d / scale**2]])
    ll = (np.log(shape / scale) + (shape - 1) * z[seen]).sum() - u.sum()
    ratio = max(0.0, 2 * (ll - exponential_mle(t, seen)["log_likelihood"]))
    return {"shape": shape, "scale": scale, "standard_errors": np.sqrt(np.diag(np.linalg.inv(J))), "log_likelihood": ll,
            "likelihood_ratio": ratio, "p": math.erfc(math.sqrt(ratio / 2))}


def weibull_mle(times, observed):
    t, seen = np.asarray(times, dtype=float), np.asarray(observed, dtype=bool)
    d = seen.sum()
    if d == 0:
        raise ValueError("no end was observed")
    logs = np.log(t)
    mean = logs[seen].mean()
    low, high = 0.01, 50.0
    for _ in range(60):
        k = (low + high) / 2
        u = t**k
        if (u * logs).sum() / u.sum() - 1 / k - mean > 0:
            high = k
        else:
            low = k
    k = (low + high) / 2
    scale = min((np.sum(t**k) / d) ** (1 / k), 5 * t.max())
    return finish(t, seen, k, scale)
