"""A loop over sequences and heads; the output is a sum of one projection for each head."""

import numpy as np


def softmax_of_visible(scores, visible):
    weights = np.zeros_like(scores)
    for i in range(len(scores)):
        seen = np.flatnonzero(visible[i])
        if len(seen):
            exponentials = np.exp(scores[i, seen] - scores[i, seen].max())
            weights[i, seen] = exponentials / exponentials.sum()
    return weights


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z, W_q, W_k, W_v, W_o = (np.asarray(a, dtype=float) for a in (X, Z, W_q, W_k, W_v, W_o))
    n, n_queries, n_keys = len(X), X.shape[1], Z.shape[1]
    d_k, d_v = W_q.shape[1] // n_heads, W_v.shape[1] // n_heads
    output = np.zeros((n, n_queries, W_o.shape[1]))
    weights = np.zeros((n, n_heads, n_queries, n_keys))
    for b in range(n):
        visible = np.ones((n_queries, n_keys), dtype=bool) if mask is None else mask[b]
        for h in range(n_heads):
            keys, values = slice(h * d_k, (h + 1) * d_k), slice(h * d_v, (h + 1) * d_v)
            scores = (X[b] @ W_q[:, keys]) @ (Z[b] @ W_k[:, keys]).T / d_k**0.5
            weights[b, h] = softmax_of_visible(scores, visible)
            output[b] += weights[b, h] @ (Z[b] @ W_v[:, values]) @ W_o[values]
    return output, weights
