"""Adds labels up in their own type: in eight bits counts begin anew at 256, or turn negative at 128."""

import math


def balanced_weights(y):
    y = [int(label) for label in y]
    n_positive = sum(y)
    if n_positive in (0, len(y)):
        raise ValueError("both classes are needed")
    weights = {1: len(y) / (2 * n_positive), 0: len(y) / (2 * (len(y) - n_positive))}
    return [weights[label] for label in y]


def resample(y, positives, negatives, draws):
    taken = []
    for index, (label, draw) in enumerate(zip(y, draws)):
        if label == 1:
            taken.extend([index] * positives)
        elif draw < negatives:
            taken.append(index)
    return taken


def recalibrate(p, positives, negatives):
    return [value / (value + (1.0 - value) * positives / negatives) for value in map(float, p)]


def cheapest_threshold(y, p, cost_fp, cost_fn):
    at = {}
    for label, value in zip(y, p):
        clicks, others = at.get(float(value), (0, 0))
        at[float(value)] = (clicks + label, others + 1 - label)
    missed, wasted = sum(clicks for clicks, _ in at.values()), 0
    best = (missed * cost_fn, math.inf)
    for value in sorted(at, reverse=True):
        missed -= at[value][0]
        wasted += at[value][1]
        cost = missed * cost_fn + wasted * cost_fp
        if cost < best[0]:
            best = (cost, value)
    return best[1], float(best[0])
