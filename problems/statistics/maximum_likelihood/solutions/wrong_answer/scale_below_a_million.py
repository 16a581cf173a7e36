"""Takes the range of the times for a range of the scale, which lies above a million where most are still there at the end."""

import math

import numpy as np


def exponential_mle(times, observed):
    t, seen = np.asarray(times, dtype=float), np.asarray(observed, dtype=bool)
    d = seen.sum()
    if d == 0:
        raise ValueError("no end was observed")
    rate = d / t.sum()
    error = rate / np.sqrt(d)
    return {"rate": rate, "standard_error": error, "log_likelihood": d * np.log(rate) - rate * t.sum()}


def weibull_mle(times, observed):
    t, seen = np.asarray(times, dtype=float), np.asarray(observed, dtype=bool)
    simple = exponential_mle(times, observed)
    d = seen.sum()
    unit = np.exp(np.log(t[seen]).mean())
    logs = np.log(t / unit)
    shape = 1.0
    for _ in range(200):
        powers = np.exp(shape * logs)
        total = powers.sum()
        first = (powers * logs).sum() / total
        second = (powers * logs**2).sum() / total
        value = first - 1.0 / shape
        step = value / (second - first**2 + 1.0 / shape**2)
        # A step never more than halves or doubles the shape.
        new = min(max(shape - step, 0.5 * shape), 2.0 * shape)
        is_done = abs(new - shape) <= 1e-13 * shape
        shape = new
        if is_done:
            break
    scale = unit * np.mean(np.exp(shape * logs)) ** (1 / shape) * (len(t) / d) ** (1 / shape)
    scale = min(max(scale, 1e-3), 1e6)
    z = np.log(t / scale)
    u = np.exp(shape * z)
    information = np.array(
        [
            [d / shape**2 + (u * z**2).sum(), -shape / scale * (u * z).sum()],
            [-shape / scale * (u * z).sum(), shape**2 * d / scale**2],
        ]
    )
    log_likelihood = (np.log(shape / scale) + (shape - 1) * z[seen]).sum() - u.sum()
    ratio = max(2 * (log_likelihood - simple["log_likelihood"]), 0.0)
    return {
        "shape": shape,
        "scale": scale,
        "standard_errors": np.sqrt(np.diag(np.linalg.inv(information))),
        "log_likelihood": log_likelihood,
        "likelihood_ratio": ratio,
        "p": math.erfc(math.sqrt(ratio / 2)),
    }
