"""The gradient is a workspace kept by shape; the next call of that shape overwrites it. Breaks "keeps nothing between calls"."""
import numpy as np


_WORK = {}


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y)
    n, k = z.shape
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), y].mean()
    grad = np.exp(log_p, out=_WORK.setdefault(z.shape, np.empty(z.shape)))
    grad[np.arange(n), y] -= 1.0
    grad /= n
    return float(loss), grad
