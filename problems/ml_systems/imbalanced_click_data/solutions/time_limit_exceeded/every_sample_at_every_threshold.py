"""It compares every sample with every threshold, one by one."""

import math

import numpy as np


def balanced_weights(y):
    y = np.asarray(y)
    counts = np.bincount(y, minlength=2)
    if (counts == 0).any():
        raise ValueError("both classes are needed")
    return (len(y) / (2.0 * counts))[y]


def resample(y, positives, negatives, draws):
    y = np.asarray(y)
    times = np.where(y == 1, positives, np.asarray(draws) < negatives)
    return np.repeat(np.arange(len(y)), times)


def recalibrate(p, positives, negatives):
    p = np.asarray(p, dtype=float)
    clicked, not_clicked = p * negatives, (1.0 - p) * positives
    return clicked / (clicked + not_clicked)


def cheapest_threshold(y, p, cost_fp, cost_fn):
    y, p = [int(label) for label in y], [float(value) for value in p]
    best = (cost_fn * sum(y), math.inf)
    for t in sorted(set(p), reverse=True):
        cost = sum(cost_fp * (1 - a) if b >= t else cost_fn * a for a, b in zip(y, p))
        if cost < best[0]:
            best = (cost, t)
    return best[1], float(best[0])
