"""From a margin of 6 on log(1 + x) is taken for x, which is off by a thousandth there."""

import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y).astype(int)
    m = np.choose(y, [-z, z])
    weight = 1.0 if alpha is None else np.choose(y, [1.0 - alpha, alpha])
    sign = np.choose(y, [1.0, -1.0])
    nll = np.where(m > 6.0, np.exp(-np.maximum(m, 0)), np.logaddexp(0.0, -m))
    wrong = np.exp(-np.logaddexp(0.0, m))
    right = np.exp(-nll)
    loss = weight * wrong**gamma * nll
    grad = sign * weight * wrong**gamma * (wrong + gamma * right * nll)
    if reduction == "mean":
        return loss.mean(), grad / len(z)
    if reduction == "sum":
        return loss.sum(), grad
    return loss, grad
