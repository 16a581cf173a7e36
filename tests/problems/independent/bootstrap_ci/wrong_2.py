"""Jackknife differences are taken from the estimate of the whole sample instead of the mean of the jackknife."""
from statistics import NormalDist

import numpy as np


def bootstrap_ci(x, indices, statistic="mean", method="percentile", confidence=0.95):
    x = np.asarray(x, dtype=float)
    f = {"mean": lambda a: np.mean(a, axis=-1),
         "median": lambda a: np.median(a, axis=-1),
         "std": lambda a: np.std(a, axis=-1, ddof=1)}[statistic]
    theta = f(x)
    reps = f(x[np.asarray(indices)])
    se = float(np.std(reps, ddof=1))
    alpha = 1 - confidence
    if method == "bca":
        nd = NormalDist()
        share = (np.sum(reps < theta) + 0.5 * np.sum(reps == theta)) / len(reps)
        z0 = nd.inv_cdf(float(share))
        jack = np.array([f(np.delete(x, i)) for i in range(len(x))])
        d = theta - jack
        a = np.sum(d ** 3) / (6 * np.sum(d ** 2) ** 1.5)
        us = []
        for q in (alpha / 2, 1 - alpha / 2):
            z = z0 + nd.inv_cdf(q)
            us.append(nd.cdf(float(z0 + z / (1 - a * z))))
        low, high = np.quantile(reps, us)
    else:
        low, high = np.quantile(reps, [alpha / 2, 1 - alpha / 2])
        if method == "basic":
            low, high = 2 * theta - high, 2 * theta - low
    return float(low), float(high), se
