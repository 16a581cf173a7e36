"""A sequence without visible states has equal weights."""
import numpy as np


def _one(s, H, W_s, W_h, v, score):
    """Weights over the visible states H of one sequence."""
    q = s @ W_s
    P = H @ W_h
    if score == "additive":
        Th = np.tanh(q + P)
        e = Th @ v
    else:
        Th = None
        e = P @ q
    a = np.exp(e - e.max())
    return q, P, Th, a / a.sum()


def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    n, T, dh = H.shape
    context, weights = np.zeros((n, dh)), np.zeros((n, T))
    for i in range(n):
        m = np.asarray(mask[i], dtype=bool)
        if not m.any():
            weights[i] = 1 / T
            context[i] = H[i].mean(axis=0)
        if m.any():
            a = _one(s[i], H[i, m], W_s, W_h, v, score)[3]
            weights[i, m] = a
            context[i] = a @ H[i, m]
    return context, weights


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    gs, gH = np.zeros(s.shape), np.zeros(H.shape)
    gWs, gWh, gv = np.zeros(W_s.shape), np.zeros(W_h.shape), np.zeros(v.shape)
    for i in range(len(s)):
        m = np.asarray(mask[i], dtype=bool)
        if not m.any():
            continue
        h = H[i, m]
        q, P, Th, a = _one(s[i], h, W_s, W_h, v, score)
        g = grad_context[i]
        da = h @ g
        de = a * (da - a @ da)
        if score == "additive":
            gv += de @ Th
            dP = de[:, None] * v * (1 - Th ** 2)
            dq = dP.sum(axis=0)
        else:
            dq = de @ P
            dP = np.outer(de, q)
        gs[i] = W_s @ dq
        gWs += np.outer(s[i], dq)
        gWh += h.T @ dP
        gH[i, m] = np.outer(a, g) + dP @ W_h.T
    return gs, gH, gWs, gWh, gv
