"""The score is called mode, and a name that it does not know is swallowed."""

import numpy as np


def scores_of(s, H, W_s, W_h, v, score):
    q, p = (s @ W_s)[:, None, :], H @ W_h
    if score == "dot":
        return (q * p).sum(axis=2), q, p, None
    hidden = np.tanh(q + p)
    return hidden @ v, q, p, hidden


def softmax(e, mask):
    e = np.where(mask, e, -np.inf)
    largest = e.max(axis=1, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    weights = np.exp(e - largest)
    total = weights.sum(axis=1, keepdims=True)
    return weights / np.where(total > 0, total, 1.0)


def attention_forward(s, H, mask, W_s, W_h, v, mode="additive", **options):
    e = scores_of(s, H, W_s, W_h, v, mode)[0]
    weights = softmax(e, mask)
    context = (weights[:, :, None] * H).sum(axis=1)
    return context, weights


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, mode="additive", **options):
    e, q, p, hidden = scores_of(s, H, W_s, W_h, v, mode)
    weights = softmax(e, mask)
    grad_weights = (H * grad_context[:, None, :]).sum(axis=2)
    mean = (weights * grad_weights).sum(axis=1, keepdims=True)
    grad_e = weights * (grad_weights - mean)
    if mode == "dot":
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
