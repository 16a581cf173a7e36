"""y is a workspace that is kept by shape, so that the next call of that shape overwrites the answer of the last. Breaks "y" of the first call."""
import numpy as np


_WORK = {}


def _pad(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def conv2d(x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    xp = _pad(x, padding)
    kh, kw = w.shape[2:]
    rows = (xp.shape[2] - kh) // stride + 1
    cols = (xp.shape[3] - kw) // stride + 1
    y = _WORK.setdefault((x.shape[0], w.shape[0], rows, cols), np.zeros((x.shape[0], w.shape[0], rows, cols)))
    y[:] = b[None, :, None, None]
    for u in range(kh):
        for v in range(kw):
            part = xp[:, :, u:u + stride * rows:stride, v:v + stride * cols:stride][:, :, :rows, :cols]
            y += np.einsum("nkrc,ok->norc", part, w[:, :, u, v])
    return y


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    x = np.asarray(x, dtype=float)
    xp = _pad(x, padding)
    kh, kw = w.shape[2:]
    rows, cols = grad_y.shape[2:]
    grad_xp = np.zeros(xp.shape)
    grad_w = np.zeros(w.shape)
    for u in range(kh):
        for v in range(kw):
            place = (slice(None), slice(None), slice(u, u + stride * (rows - 1) + 1, stride), slice(v, v + stride * (cols - 1) + 1, stride))
            grad_w[:, :, u, v] = np.einsum("norc,nkrc->ok", grad_y, xp[place])
            grad_xp[place] += np.einsum("norc,ok->nkrc", grad_y, w[:, :, u, v])
    grad_x = grad_xp[:, :, padding:padding + x.shape[2], padding:padding + x.shape[3]]
    grad_b = grad_y.sum(axis=(0, 2, 3))
    return grad_x, grad_w, grad_b
