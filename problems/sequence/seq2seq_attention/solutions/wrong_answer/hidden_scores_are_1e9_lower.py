"""Takes 1e9 from the scores of hidden states, which is not enough where states of 1e6 have large weights."""

import numpy as np


def scores_of(s, H, W_s, W_h, v, score):
    q, p = (s @ W_s)[:, None, :], H @ W_h
    if score == "dot":
        return (q * p).sum(axis=2), q, p, None
    hidden = np.tanh(q + p)
    return hidden @ v, q, p, hidden


def softmax(e, mask):
    e = e + (1.0 - mask) * -1e9
    largest = e.max(axis=1, keepdims=True)
    weights = np.exp(e - largest)
    total = weights.sum(axis=1, keepdims=True)
    return weights / total * mask.any(axis=1, keepdims=True)


def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    e = scores_of(s, H, W_s, W_h, v, score)[0]
    weights = softmax(e, mask)
    context = (weights[:, :, None] * H).sum(axis=1)
    return context, weights


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    e, q, p, hidden = scores_of(s, H, W_s, W_h, v, score)
    weights = softmax(e, mask)
    grad_weights = (H * grad_context[:, None, :]).sum(axis=2)
    mean = (weights * grad_weights).sum(axis=1, keepdims=True)
    grad_e = weights * (grad_weights - mean)
    if score == "dot":
        grad_q = (grad_e[:, :, None] * p).sum(axis=1)
        grad_p = grad_e[:, :, None] * q
        grad_v = np.zeros_like(v)
    else:
        grad_v = (grad_e[:, :, None] * hidden).sum(axis=(0, 1))
        grad_p = grad_e[:, :, None] * v * (1.0 - hidden**2)
        grad_q = grad_p.sum(axis=1)
    grad_s = grad_q @ W_s.T
    grad_H = weights[:, :, None] * grad_context[:, None, :] + grad_p @ W_h.T
    grad_W_s = s.T @ grad_q
    grad_W_h = np.tensordot(H, grad_p, axes=([0, 1], [0, 1]))
    return grad_s, grad_H, grad_W_s, grad_W_h, grad_v
