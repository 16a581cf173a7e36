"""Gradient of the bias is a mean over images."""
import numpy as np


def _pad(x, p):
    return np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (p, p), (p, p)))


def conv2d(x, w, b, stride=1, padding=0):
    xp = _pad(x, padding)
    w = np.asarray(w, dtype=float)
    kh, kw = w.shape[2:]
    oh = (xp.shape[2] - kh) // stride + 1
    ow = (xp.shape[3] - kw) // stride + 1
    y = np.zeros((xp.shape[0], w.shape[0], oh, ow))
    for u in range(kh):
        for v in range(kw):
            patch = xp[:, :, u:u + stride * (oh - 1) + 1:stride, v:v + stride * (ow - 1) + 1:stride]
            y += np.einsum("ok,nkrc->norc", w[:, :, u, v], patch, optimize=True)
    return y + np.asarray(b, dtype=float)[None, :, None, None]


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    g = np.asarray(grad_y, dtype=float)
    xp = _pad(x, padding)
    w = np.asarray(w, dtype=float)
    kh, kw = w.shape[2:]
    oh, ow = g.shape[2:]
    gxp = np.zeros_like(xp)
    gw = np.zeros(w.shape)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u, u + stride * (oh - 1) + 1, stride)
            cols = slice(v, v + stride * (ow - 1) + 1, stride)
            gw[:, :, u, v] = np.einsum("norc,nkrc->ok", g, xp[:, :, rows, cols], optimize=True)
            gxp[:, :, rows, cols] += np.einsum("ok,norc->nkrc", w[:, :, u, v], g, optimize=True)
    H, W = np.shape(x)[2:]
    gx = gxp[:, :, padding:padding + H, padding:padding + W]
    return gx.copy(), gw, g.sum(axis=(2, 3)).mean(axis=0)
