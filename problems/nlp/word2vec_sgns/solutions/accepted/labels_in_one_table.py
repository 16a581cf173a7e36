"""Context and negatives as columns of one table with labels 1 and 0; gradients by products with one-hot matrices."""

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
    for i in range(len(pairs)):
        _, grad_V, grad_U = sgns_gradients(V, U, pairs[i : i + 1], negatives[i : i + 1])
        V, U = V - learning_rate * grad_V, U - learning_rate * grad_U
    return V, U
