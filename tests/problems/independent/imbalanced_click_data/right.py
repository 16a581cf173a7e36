import math

import numpy as np


def balanced_weights(y):
    y = np.asarray(y)
    n, n1 = len(y), int((y == 1).sum())
    if n1 == 0 or n1 == n:
        raise ValueError("only one class")
    return np.where(y == 1, n / (2 * n1), n / (2 * (n - n1)))


def resample(y, positives, negatives, draws):
    y = np.asarray(y)
    times = np.where(y == 1, positives, np.asarray(draws) < negatives).astype(int)
    return np.repeat(np.arange(len(y)), times)


def recalibrate(p, positives, negatives):
    p = np.asarray(p, dtype=float)
    return p * negatives / (p * negatives + (1 - p) * positives)


def cheapest_threshold(y, p, cost_fp, cost_fn):
    y = np.asarray(y)
    p = np.asarray(p, dtype=float)
    values, inverse = np.unique(p, return_inverse=True)
    inverse = inverse.ravel()
    pos = np.bincount(inverse, weights=(y == 1), minlength=len(values))
    neg = np.bincount(inverse, weights=(y == 0), minlength=len(values))
    # threshold values[k]: shown are groups k and above
    fp = neg[::-1].cumsum()[::-1]
    fn = pos.cumsum() - pos
    cand = np.append(values, math.inf)
    cost = np.append(fp * cost_fp + fn * cost_fn, pos.sum() * cost_fn)
    k = len(cost) - 1 - int(np.argmin(cost[::-1]))
    return float(cand[k]), float(cost[k])
