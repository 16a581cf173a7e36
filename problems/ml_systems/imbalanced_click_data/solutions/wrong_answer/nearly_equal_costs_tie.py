"""Costs within a millionth of the least count as equal to it."""

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
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    order = np.argsort(-p, kind="stable")
    y, p = y[order], p[order]
    is_last = np.append(p[1:] != p[:-1], True)
    false_positives = np.concatenate([[0], np.cumsum(1 - y)[is_last]])
    found = np.concatenate([[0], np.cumsum(y)[is_last]])
    costs = cost_fp * false_positives + cost_fn * (y.sum() - found)
    best = int(np.argmax(np.isclose(costs, costs.min(), rtol=1e-6, atol=0)))
    return float(np.concatenate([[math.inf], p[is_last]])[best]), float(costs[best])
