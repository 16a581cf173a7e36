"""Adds the maximum back to the logarithm of the sum and converts nothing: float32 rounds a number near 1000 by 3e-5."""

import numpy as np


def softmax_cross_entropy(logits, y):
    n = len(y)
    top = logits.max(axis=1, keepdims=True)
    e = np.exp(logits - top)
    total = e.sum(axis=1, keepdims=True)
    lse = top[:, 0] + np.log(total[:, 0])
    loss = np.mean(lse - logits[np.arange(n), y])
    grad = e / total
    grad[np.arange(n), y] -= 1.0
    return loss, grad / n
