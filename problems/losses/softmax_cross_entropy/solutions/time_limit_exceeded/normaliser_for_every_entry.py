"""Sums a row's exponentials anew for each of its entries, number by number: right, and hundreds of times too slow."""

import numpy as np


def softmax_cross_entropy(logits, y):
    logits = np.asarray(logits, dtype=float)
    n, n_classes = logits.shape

    def log_probability(i, k):
        top = max(logits[i, j] for j in range(n_classes))
        total = 0.0
        for j in range(n_classes):
            total += np.exp(logits[i, j] - top)
        return logits[i, k] - top - np.log(total)

    loss, grad = 0.0, np.zeros((n, n_classes))
    for i in range(n):
        loss -= log_probability(i, y[i]) / n
        for k in range(n_classes):
            grad[i, k] = (np.exp(log_probability(i, k)) - (k == y[i])) / n
    return loss, grad
