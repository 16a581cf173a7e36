"""Subtracts the largest score before the mask: where it belongs to a hidden key, all that is visible vanishes."""

import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z, W_q, W_k, W_v, W_o = (np.asarray(a, dtype=float) for a in (X, Z, W_q, W_k, W_v, W_o))
    n, n_queries, _ = X.shape

    def split(P):
        return P.reshape(n, P.shape[1], n_heads, -1).transpose(0, 2, 1, 3)

    Q, K, V = split(X @ W_q), split(Z @ W_k), split(Z @ W_v)
    d_k = Q.shape[-1]
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(d_k)
    largest = scores.max(axis=-1, keepdims=True)
    if mask is not None:
        scores = np.where(mask[:, None], scores, -np.inf)
    weights = np.exp(scores - largest)
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total == 0, 1.0, total)
    heads = (weights @ V).transpose(0, 2, 1, 3)
    output = heads.reshape(n, n_queries, -1) @ W_o
    return output, weights
