"""When nothing is taken the empty array is of floats. Breaks: returns integer indices."""

import math

import numpy as np


def balanced_weights(y):
    y = np.asarray(y)
    n = len(y)
    counts = np.array([(y == 0).sum(), (y == 1).sum()])
    if (counts == 0).any():
        raise ValueError("one class only")
    return (n / (2 * counts))[y.astype(int)]


def resample(y, positives, negatives, draws):
    y = np.asarray(y)
    draws = np.asarray(draws)
    out = []
    for i in range(len(y)):
        if y[i] == 1:
            out.extend([i] * positives)
        elif draws[i] < negatives:
            out.append(i)
    return np.array(out)


def recalibrate(p, positives, negatives):
    p = np.asarray(p, dtype=float)
    return p * negatives / (p * negatives + (1 - p) * positives)


def cheapest_threshold(y, p, cost_fp, cost_fn):
    y = np.asarray(y, dtype=np.int64)
    p = np.asarray(p, dtype=float)
    order = np.argsort(-p, kind="stable")
    ps, ys = p[order], y[order]
    last = np.append(np.flatnonzero(ps[1:] != ps[:-1]), len(ps) - 1)
    tp = np.cumsum(ys)[last]
    fp = last + 1 - tp
    fp = np.concatenate([[0], fp])
    fn = ys.sum() - np.concatenate([[0], tp])
    cost = cost_fp * fp + cost_fn * fn
    thresholds = np.concatenate([[np.inf], ps[last]])
    i = int(np.argmin(cost))
    return float(thresholds[i]), float(cost[i])
