"""2 y - 1 in the type of y, which for unsigned integers makes 255 of -1. Breaks "y has shape (n_samples,), integers 0 and 1"."""
import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError("unknown reduction")
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y)
    sign = 2 * y - 1
    t = sign * z
    softplus = np.maximum(-t, 0) + np.log1p(np.exp(-np.abs(t)))
    log_q = -(np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t))))
    p, q = np.exp(-softplus), np.exp(log_q)
    if alpha is None:
        weight = np.ones(len(z))
    else:
        weight = np.where(y == 1, alpha, 1 - alpha)
    factor = np.exp(gamma * log_q)
    loss = weight * factor * softplus
    grad = -sign * weight * factor * (gamma * p * softplus + q)
    if reduction == "mean":
        return float(loss.sum() / len(z)), grad / len(z)
    if reduction == "sum":
        return float(loss.sum()), grad
    return loss, grad
