"""Encoder-decoder attention, by other means."""

import numpy as np
def run(s, H, mask, W_s, W_h, v, score):
    q = (s @ W_s)[:, None]; p = H @ W_h; th = np.tanh(q+p)
    e = th @ v if score == "additive" else (q*p).sum(-1)
    e = np.where(mask, e, -np.inf); m = e.max(1, keepdims=True); m = np.where(np.isfinite(m), m, 0)
    a = np.exp(e-m); z = a.sum(1, keepdims=True); return q, p, th, a/np.where(z == 0, 1, z)
def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    a = run(s, H, mask, W_s, W_h, v, score)[3]; return np.einsum("nt,ntd->nd", a, H), a
def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    q, p, th, a = run(s, H, mask, W_s, W_h, v, score)
    da = np.einsum("ntd,nd->nt", H, grad_context); de = a*(da-(a*da).sum(1, keepdims=True))
    if score == "additive":
        gv = np.einsum("nt,ntk->k", de, th); dp = de[..., None]*v*(1-th**2); dq = dp.sum(1)
    else:
        gv = np.zeros_like(v); dp = de[..., None]*q; dq = np.einsum("nt,ntk->nk", de, p)
    return dq@W_s.T, a[..., None]*grad_context[:, None]+dp@W_h.T, s.T@dq, np.einsum("ntd,ntk->dk", H, dp), gv
