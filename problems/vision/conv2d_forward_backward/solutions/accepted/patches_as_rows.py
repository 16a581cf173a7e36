"""Patches become the rows of a matrix (im2col); the way back adds them up again."""

import numpy as np


def places(shape, w, stride, padding):
    """Return flat indices into a padded plane of all channels, (positions, in_channels * kh * kw), and its shape."""
    _, channels, height, width = shape
    kh, kw = w.shape[2:]
    H, W = height + 2 * padding, width + 2 * padding
    r, c = np.arange(0, H - kh + 1, stride), np.arange(0, W - kw + 1, stride)
    corner = (r[:, None] * W + c).reshape(-1, 1)
    inside = (np.arange(channels)[:, None, None] * H + np.arange(kh)[:, None]) * W + np.arange(kw)
    return corner + inside.reshape(1, -1), (channels, H, W), (len(r), len(c))


def conv2d(x, w, b, stride=1, padding=0):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    index, (channels, H, W), output = places(x.shape, w, stride, padding)
    planes = np.zeros((len(x), channels, H, W))
    planes[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    rows = planes.reshape(len(x), -1)[:, index]
    y = rows @ w.reshape(len(w), -1).T + b
    return y.transpose(0, 2, 1).reshape(len(x), len(w), *output)


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    x, w, grad_y = (np.asarray(a, dtype=float) for a in (x, w, grad_y))
    index, (channels, H, W), _ = places(x.shape, w, stride, padding)
    planes = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)]).reshape(len(x), -1)
    g = grad_y.reshape(len(x), len(w), -1)
    grad_w = sum(g[i] @ planes[i][index] for i in range(len(x))).reshape(w.shape)
    grad_planes = np.zeros_like(planes)
    for i in range(len(x)):
        spread = g[i].T @ w.reshape(len(w), -1)
        grad_planes[i] = np.bincount(index.ravel(), weights=spread.ravel(), minlength=channels * H * W)
    grad_planes = grad_planes.reshape(len(x), channels, H, W)
    inside = grad_planes[:, :, padding : H - padding, padding : W - padding]
    return inside, grad_w, grad_y.sum(axis=(0, 2, 3))
