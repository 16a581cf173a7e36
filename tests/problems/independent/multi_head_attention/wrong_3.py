"""float32 arguments are calculated in float32: 'Weights to 1e-6 ... Calculate in float64'."""
import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    X, Z, W_q, W_k, W_v, W_o = (np.asarray(a) for a in (X, Z, W_q, W_k, W_v, W_o))
    n, q, _ = X.shape
    k = Z.shape[1]

    def split(a):
        return a.reshape(a.shape[0], a.shape[1], n_heads, -1).transpose(0, 2, 1, 3)

    Q, K, V = split(X @ W_q), split(Z @ W_k), split(Z @ W_v)
    S = Q @ K.transpose(0, 1, 3, 2) / float(np.sqrt(Q.shape[3]))
    see = np.ones((n, q, k), dtype=bool) if mask is None else np.asarray(mask, dtype=bool)
    see = see[:, None]
    S = np.where(see, S, -np.inf)
    top = S.max(axis=3, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    E = np.exp(S - top)
    total = E.sum(axis=3, keepdims=True)
    A = E / np.where(total > 0, total, 1.0)
    O = (A @ V).transpose(0, 2, 1, 3).reshape(n, q, -1) @ W_o
    return O, A
