"""Plain Python, one sample after the other; lists come back."""

import math


def one(z, label, alpha, gamma):
    x = float(z) if label else -float(z)
    small = math.exp(-abs(x))
    cost = math.log1p(small) + max(-x, 0.0)
    right = (1.0 if x > 0 else small) / (1.0 + small)
    wrong = (small if x > 0 else 1.0) / (1.0 + small)
    weight = 1.0
    if alpha is not None:
        weight = alpha if label else 1.0 - alpha
    factor = weight * wrong**gamma
    slope = -factor * (wrong + gamma * right * cost)
    return factor * cost, slope if label else -slope


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    pairs = [one(z, label, alpha, gamma) for z, label in zip(logits, y)]
    losses, grads = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    n = len(pairs)
    if reduction == "none":
        return losses, grads
    if reduction == "sum":
        return math.fsum(losses), grads
    if reduction == "mean":
        return math.fsum(losses) / n, [g / n for g in grads]
    raise ValueError(reduction)
