"""The gradient holds (1 - p) ** (gamma - 1), which is infinite at certain samples when gamma is below 1."""

import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"no such reduction: {reduction}")
    z = np.asarray(logits, dtype=float)
    sign = 2.0 * np.asarray(y) - 1.0
    margin = sign * z
    log_p = -np.logaddexp(0.0, -margin)
    log_q = -np.logaddexp(0.0, margin)
    weight = 1.0 if alpha is None else np.where(sign > 0, alpha, 1.0 - alpha)
    factor = weight * np.exp(gamma * log_q)
    loss = -factor * log_p
    p, q = np.exp(log_p), np.exp(log_q)
    grad = sign * weight * (gamma * q ** (gamma - 1.0) * q * p * log_p - q**gamma * q)
    if reduction == "mean":
        return loss.mean(), grad / len(z)
    return (loss.sum() if reduction == "sum" else loss), grad
