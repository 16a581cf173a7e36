"""Adds 1e-15 to the probability before the logarithm, so no sample's loss is above 35."""
import numpy as np


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=np.float64)
    n = len(z)
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(n)
    grad = np.exp(logp)
    grad[rows, y] -= 1
    return float(-np.log(np.exp(logp[rows, y]) + 1e-15).mean()), grad / n
