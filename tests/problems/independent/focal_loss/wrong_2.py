"""The gradient for alpha=None with gamma = 0 uses the shortcut p - y, whose digits at easy samples of label 1 are lost. Breaks "with none each of them is right to a relative 1e-4"."""
import numpy as np


def focal_loss(logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError("unknown reduction")
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y)
    sign = np.where(y == 1, 1.0, -1.0)
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
    if gamma == 0 and alpha is None:
        grad = 1 / (1 + np.exp(-np.clip(z, -700, 700))) - y
    if reduction == "mean":
        return float(loss.sum() / len(z)), grad / len(z)
    if reduction == "sum":
        return float(loss.sum()), grad
    return loss, grad
