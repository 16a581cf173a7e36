"""Einstein sums, and the softmax as the exponential of scores less the logarithm of their sum of exponentials."""

import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z = np.asarray(X, dtype=float), np.asarray(Z, dtype=float)
    d_out = np.shape(W_o)[1]
    W_q, W_k, W_v = (np.reshape(np.asarray(W, dtype=float), (len(W), n_heads, -1)) for W in (W_q, W_k, W_v))
    W_o = np.reshape(np.asarray(W_o, dtype=float), (n_heads, -1, d_out))
    Q = np.einsum("bic,chd->bhid", X, W_q)
    K = np.einsum("bjc,chd->bhjd", Z, W_k)
    V = np.einsum("bjc,chd->bhjd", Z, W_v)
    scores = np.einsum("bhid,bhjd->bhij", Q, K) * Q.shape[-1] ** -0.5
    hidden = np.zeros(scores.shape, dtype=bool) if mask is None else np.broadcast_to(~mask[:, None], scores.shape)
    scores = np.where(hidden, -np.inf, scores)
    log_total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    log_total = np.where(np.isneginf(log_total), 0.0, log_total)
    weights = np.exp(scores - log_total)
    return np.einsum("bhij,bhjd,hdo->bio", weights, V, W_o), weights
