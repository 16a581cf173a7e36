"""The jackknife leaves out every value that equals the one it is about."""

from statistics import NormalDist

import numpy as np

NORMAL = NormalDist()


def bootstrap_ci(x, indices, statistic="mean", method="percentile", confidence=0.95):
    x, indices = np.asarray(x, dtype=float), np.asarray(indices)
    of_rows = {
        "mean": lambda rows: rows.mean(axis=1),
        "median": lambda rows: np.median(rows, axis=1),
        "std": lambda rows: rows.std(axis=1, ddof=1),
    }[statistic]
    replicates = of_rows(x[indices])
    estimate = of_rows(x[None, :])[0]
    error = replicates.std(ddof=1)
    alpha = 1 - confidence
    levels = np.array([alpha / 2, 1 - alpha / 2])
    if method == "bca":
        share = ((replicates < estimate).sum() + 0.5 * (replicates == estimate).sum()) / len(replicates)
        z0 = NORMAL.inv_cdf(share)
        left_out = np.array([of_rows(x[x != x[i]][None])[0] for i in range(len(x))])
        d = left_out.mean() - left_out
        a = (d**3).sum() / (6 * (d**2).sum() ** 1.5)
        shifted = [z0 + NORMAL.inv_cdf(level) for level in levels]
        levels = np.array([NORMAL.cdf(z0 + z / (1 - a * z)) for z in shifted])
    low, high = np.quantile(replicates, levels)
    if method == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    return low, high, error
