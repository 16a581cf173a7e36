"""float32 arrays are calculated with in float32. Breaks: Arrays to 1e-9 of their largest entry, so use double precision."""

import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1, e) / (1 + e)


def softplus(t):
    return np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t)))


def sgns_gradients(V, U, pairs, negatives):
    V = np.array(V)
    U = np.array(U)
    pairs = np.asarray(pairs)
    negatives = np.asarray(negatives)
    c, o = pairs[:, 0], pairs[:, 1]
    v = V[c]
    un = U[negatives]
    pos = (U[o] * v).sum(axis=1)
    neg = np.einsum("ikd,id->ik", un, v)
    loss = softplus(-pos).sum() + softplus(neg).sum()
    gp = -sigmoid(-pos)
    gn = sigmoid(neg)
    grad_V = np.zeros_like(V)
    grad_U = np.zeros_like(U)
    np.add.at(grad_V, c, gp[:, None] * U[o] + np.einsum("ik,ikd->id", gn, un))
    np.add.at(grad_U, o, gp[:, None] * v)
    np.add.at(grad_U, negatives, gn[:, :, None] * v[:, None, :])
    return float(loss), grad_V, grad_U


def sgns_train(V, U, pairs, negatives, learning_rate):
    V = np.array(V)
    U = np.array(U)
    for (c, o), m in zip(pairs, negatives):
        v = V[c].copy()
        words = np.concatenate([[o], m])
        g = sigmoid(U[words] @ v)
        g[0] = -sigmoid(-(U[o] @ v))
        V[c] -= learning_rate * (g @ U[words])
        np.add.at(U, words, -learning_rate * g[:, None] * v)
    return V, U
