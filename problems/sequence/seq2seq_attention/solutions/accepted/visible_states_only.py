"""A loop over sequences that leaves hidden states out, with the softmax's Jacobian as a matrix."""

import numpy as np


def one_forward(s, H, W_s, W_h, v, score):
    q, p = s @ W_s, H @ W_h
    inner = np.tanh(p + q)
    e = p @ q if score == "dot" else inner @ v
    a = np.exp(e - np.logaddexp.reduce(e))
    return q, p, inner, a


def doubles(*arrays):
    return [np.array(array, dtype=float) for array in arrays]


def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    s, H, W_s, W_h, v = doubles(s, H, W_s, W_h, v)
    context, weights = np.zeros((len(s), H.shape[2])), np.zeros(H.shape[:2])
    for i, seen in enumerate(np.asarray(mask, dtype=bool)):
        if seen.any():
            weights[i, seen] = one_forward(s[i], H[i, seen], W_s, W_h, v, score)[3]
            context[i] = weights[i, seen] @ H[i, seen]
    return context, weights


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    s, H, W_s, W_h, v, grad_context = doubles(s, H, W_s, W_h, v, grad_context)
    grad_s, grad_H, grad_W_s, grad_W_h, grad_v = (np.zeros(a.shape) for a in (s, H, W_s, W_h, v))
    for i, seen in enumerate(np.asarray(mask, dtype=bool)):
        if not seen.any():
            continue
        h = H[i, seen]
        q, p, inner, a = one_forward(s[i], h, W_s, W_h, v, score)
        de = (np.diag(a) - np.outer(a, a)) @ (h @ grad_context[i])
        if score == "dot":
            dq, dp = de @ p, np.outer(de, q)
        else:
            slope = (1 - inner) * (1 + inner) * v
            dp = de[:, None] * slope
            dq = de @ slope
            grad_v += de @ inner
        grad_s[i] = W_s @ dq
        grad_H[i, seen] = np.outer(a, grad_context[i]) + dp @ W_h.T
        grad_W_s += np.outer(s[i], dq)
        grad_W_h += h.T @ dp
    return [grad_s, grad_H, grad_W_s, grad_W_h, grad_v]
