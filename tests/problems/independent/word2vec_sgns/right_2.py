"""Word2vec by negative sampling, by other means."""

import numpy as np
def sg(t): return np.where(t >= 0, 1/(1+np.exp(-np.abs(t))), np.exp(-np.abs(t))/(1+np.exp(-np.abs(t))))
def nls(t): return np.log1p(np.exp(-np.abs(t)))+np.maximum(-t, 0)
def sgns_gradients(V, U, pairs, negatives):
    V, U = np.asarray(V, float), np.asarray(U, float)
    c, o = np.asarray(pairs).T; W = np.column_stack([o, negatives]); s = np.ones(W.shape); s[:, 1:] = -1
    t = s*np.einsum("nkd,nd->nk", U[W], V[c]); g = -s*sg(-t); gV, gU = np.zeros_like(V), np.zeros_like(U)
    np.add.at(gV, c, np.einsum("nk,nkd->nd", g, U[W])); np.add.at(gU, W, g[..., None]*V[c][:, None]); return nls(t).sum(), gV, gU
def sgns_train(V, U, pairs, negatives, learning_rate):
    V, U = V.astype(float), U.astype(float)
    for i in range(len(pairs)):
        _, a, b = sgns_gradients(V, U, pairs[i:i+1], negatives[i:i+1]); V = V-learning_rate*a; U = U-learning_rate*b
    return V, U
