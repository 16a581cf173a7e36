"""Trains with a sigmoid of e^t / (1 + e^t), which is infinity over infinity for large products."""

import numpy as np


def sgns_gradients(V, U, pairs, negatives):
    V, U = V.astype(float), U.astype(float)
    centres = pairs[:, 0]
    others = np.hstack([pairs[:, 1:], negatives])
    labels = np.zeros(others.shape)
    labels[:, 0] = 1.0
    t = np.einsum("pd,pkd->pk", V[centres], U[others])
    loss = (np.maximum(t, 0.0) - t * labels + np.log1p(np.exp(-np.abs(t)))).sum()
    error = 0.5 * (1.0 + np.tanh(0.5 * t)) - labels
    words = np.arange(len(V))
    is_centre = (centres[:, None] == words).astype(float)
    counts = np.einsum("pk,pkw->pw", error, (others[:, :, None] == words).astype(float))
    return float(loss), is_centre.T @ (counts @ U), counts.T @ V[centres]


def sgns_train(V, U, pairs, negatives, learning_rate):
    V, U = np.array(V, dtype=float), np.array(U, dtype=float)
    for (c, o), drawn in zip(pairs, negatives):
        v = V[c].copy()
        grad_v = np.zeros_like(v)
        steps = []
        for word, label in [(o, 1.0)] + [(m, 0.0) for m in drawn]:
            power = np.exp(U[word] @ v)
            error = power / (1.0 + power) - label
            grad_v += error * U[word]
            steps.append((word, error * v))
        for word, g in steps:
            U[word] -= learning_rate * g
        V[c] -= learning_rate * grad_v
    return V, U
