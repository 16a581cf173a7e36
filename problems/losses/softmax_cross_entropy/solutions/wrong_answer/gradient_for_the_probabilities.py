"""The gradient is that with respect to the probabilities, -1/p at the right class, not to the logits."""

import numpy as np


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=float)
    n = len(z)
    rows = np.arange(n)
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = (np.log(e.sum(axis=1)) - z[rows, y]).mean()
    grad = np.zeros_like(p)
    grad[rows, y] = -1 / np.maximum(p[rows, y], 1e-300)
    return loss, grad / n
