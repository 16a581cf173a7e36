"""Clips probabilities at 1e-15 before the logarithm, which caps the loss of a confident mistake at 34.5."""

import numpy as np


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=float)
    n = len(z)
    rows = np.arange(n)
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(np.clip(p, 1e-15, 1 - 1e-15)[rows, y]).mean()
    grad = p.copy()
    grad[rows, y] -= 1
    return loss, grad / n
