"""Takes None for the reduction 'none'; it raises ValueError like any other."""

import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    if reduction not in ("mean", "sum", "none", None):
        raise ValueError(f"no such reduction: {reduction}")
    z = np.asarray(logits, dtype=float)
    sign = 2.0 * np.asarray(y) - 1.0
    margin = sign * z
    log_p = -np.logaddexp(0.0, -margin)
    log_q = -np.logaddexp(0.0, margin)
    weight = 1.0 if alpha is None else np.where(sign > 0, alpha, 1.0 - alpha)
    factor = weight * np.exp(gamma * log_q)
    loss = -factor * log_p
    grad = sign * factor * (gamma * np.exp(log_p) * log_p - np.exp(log_q))
    if reduction == "mean":
        return loss.mean(), grad / len(z)
    return (loss.sum() if reduction == "sum" else loss), grad
