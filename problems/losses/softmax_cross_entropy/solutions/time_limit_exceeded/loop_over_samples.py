"""A Python loop over samples and classes: right, and many times too slow."""

import math

import numpy as np


def softmax_cross_entropy(logits, y):
    logits = logits.tolist()
    n = len(logits)
    loss, grad = 0.0, []
    for row, label in zip(logits, y.tolist()):
        top = max(row)
        exponentials = [math.exp(z - top) for z in row]
        total = 0.0
        for e in exponentials:
            total += e
        loss += math.log(total) + top - row[label]
        gradient = []
        for k in range(len(row)):
            p = exponentials[k] / total
            gradient.append((p - (1.0 if k == label else 0.0)) / n)
        grad.append(gradient)
    return loss / n, np.array(grad)
