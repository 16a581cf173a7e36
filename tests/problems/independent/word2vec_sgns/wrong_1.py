"""Each word of a pair changes U at once: a negative that is drawn twice sees the first change."""
import numpy as np


def _pair(V, U, c, o, neg):
    """Loss and gradients by v_c, and by the rows words of U."""
    words = np.concatenate([[o], neg]).astype(int)
    sign = np.full(len(words), -1.0)
    sign[0] = 1.0
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
        total = np.zeros(V.shape[1])
        for j, w in enumerate([o, *neg]):
            g = (1.0 if j == 0 else 0.0) - np.exp(-np.logaddexp(0, -(U[w] @ V[c])))
            total += g * U[w]
            U[w] += learning_rate * g * V[c]
        V[c] += learning_rate * total
    return V, U
