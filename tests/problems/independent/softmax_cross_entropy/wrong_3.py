"""Shifted scores are clipped at -60. Breaks "right to a relative 1e-4, too, as long as the probability is above 1e-30"."""
import numpy as np


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y)
    n, k = z.shape
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), y].mean()
    grad = np.exp(np.maximum(log_p, -60.0))
    grad[np.arange(n), y] -= 1.0
    grad /= n
    return float(loss), grad
