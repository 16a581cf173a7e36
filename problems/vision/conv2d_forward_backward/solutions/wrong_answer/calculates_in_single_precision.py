"""Calculates in float32, as deep learning mostly does: what is left when products nearly cancel has few digits."""

import numpy as np


def _slice(u, v, stride, rows, columns):
    return (..., slice(u, u + stride * (rows - 1) + 1, stride), slice(v, v + stride * (columns - 1) + 1, stride))


def _single(values):
    return np.asarray(values, dtype=np.float32)


def _pad(x, padding):
    return np.pad(_single(x), [(0, 0), (0, 0), (padding, padding), (padding, padding)])


def conv2d(x, w, b, stride=1, padding=0):
    planes, w = _pad(x, padding), _single(w)
    kh, kw = w.shape[2:]
    rows = (planes.shape[2] - kh) // stride + 1
    columns = (planes.shape[3] - kw) // stride + 1
    y = np.zeros((len(x), len(w), rows, columns), dtype=np.float32)
    for u in range(kh):
        for v in range(kw):
            patch = planes[_slice(u, v, stride, rows, columns)]
            y += np.einsum("nkrc,ok->norc", patch, w[:, :, u, v])
    return y + b[:, None, None]


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    planes, w = _pad(x, padding), _single(w)
    kh, kw = w.shape[2:]
    grad_y = _single(grad_y)
    rows, columns = grad_y.shape[2:]
    grad_planes = np.zeros_like(planes)
    grad_w = np.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            where = _slice(u, v, stride, rows, columns)
            grad_w[:, :, u, v] = np.einsum("norc,nkrc->ok", grad_y, planes[where])
            grad_planes[where] += np.einsum("norc,ok->nkrc", grad_y, w[:, :, u, v])
    height, width = x.shape[2:]
    grad_x = grad_planes[:, :, padding : padding + height, padding : padding + width]
    grad_b = grad_y.sum(axis=(0, 2, 3))
    return grad_x, grad_w, grad_b
