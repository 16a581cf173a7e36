"""Negatives that are the pair's context are left out."""
import numpy as np


def _pair(V, U, c, o, neg):
    """Loss and gradients by v_c, and by the rows words of U."""
    words = np.concatenate([[o], neg]).astype(int)
    sign = np.full(len(words), -1.0)
    sign[0] = 1.0
    keep = np.append(True, words[1:] != o)
    words, sign = words[keep], sign[keep]
    rows = U[words]
    t = sign * (rows @ V[c])
    loss = np.logaddexp(0, -t).sum()
    g = -sign * np.exp(-np.logaddexp(0, t))  # d loss / d (u.v)
    return loss, g @ rows, words, np.outer(g, V[c])


def sgns_gradients(V, U, pairs, negatives):
    V, U = np.asarray(V, dtype=float), np.asarray(U, dtype=float)
    gV, gU = np.zeros(V.shape), np.zeros(U.shape)
    loss = 0.0
    for (c, o), neg in zip(pairs, negatives):
        l, gv, words, gu = _pair(V, U, c, o, neg)
        loss += l
        gV[c] += gv
        np.add.at(gU, words, gu)
    return float(loss), gV, gU


def sgns_train(V, U, pairs, negatives, learning_rate):
    V, U = np.array(V, dtype=float), np.array(U, dtype=float)
    for (c, o), neg in zip(pairs, negatives):
        _, gv, words, gu = _pair(V, U, c, o, neg)
        V[c] -= learning_rate * gv
        np.add.at(U, words, -learning_rate * gu)
    return V, U
