"""The loss is the mean of the means of groups of 256 samples. Breaks "the loss is the mean, over the samples" where the last group is smaller."""
import numpy as np


def softmax_cross_entropy(logits, y):
    z = np.asarray(logits, dtype=float)
    y = np.asarray(y)
    n, k = z.shape
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    picked = log_p[np.arange(n), y]
    loss = -np.mean([picked[i:i + 256].mean() for i in range(0, n, 256)])
    grad = np.exp(log_p)
    grad[np.arange(n), y] -= 1.0
    grad /= n
    return float(loss), grad
