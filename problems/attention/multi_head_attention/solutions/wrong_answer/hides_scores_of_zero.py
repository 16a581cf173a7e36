"""Hidden scores are set to zero, and then whatever is zero to minus infinity: a visible score of zero as well."""

import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z, W_q, W_k, W_v, W_o = (np.asarray(a, dtype=float) for a in (X, Z, W_q, W_k, W_v, W_o))
    n, n_queries, _ = X.shape

    def split(P):
        return P.reshape(n, P.shape[1], n_heads, -1).transpose(0, 2, 1, 3)

    Q, K, V = split(X @ W_q), split(Z @ W_k), split(Z @ W_v)
    d_k = Q.shape[-1]
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(d_k)
    if mask is not None:
        scores = scores * mask[:, None]
        scores[scores == 0] = -np.inf
    largest = scores.max(axis=-1, keepdims=True)
    largest = np.where(np.isneginf(largest), 0.0, largest)
    weights = np.exp(scores - largest)
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total == 0, 1.0, total)
    heads = (weights @ V).transpose(0, 2, 1, 3)
    output = heads.reshape(n, n_queries, -1) @ W_o
    return output, weights
