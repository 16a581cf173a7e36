"""A loop over the positions of the kernel on the image, all images and channels at once."""

import numpy as np


def _positions(x, w, stride, padding):
    height, width = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    for r, top in enumerate(range(0, height - w.shape[2] + 1, stride)):
        for c, left in enumerate(range(0, width - w.shape[3] + 1, stride)):
            yield r, c, slice(top, top + w.shape[2]), slice(left, left + w.shape[3])


def _pad(x, padding):
    around = (padding, padding)
    return np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), around, around))


def conv2d(x, w, b, stride=1, padding=0):
    planes, found = _pad(x, padding), {}
    kernels = np.asarray(w, dtype=float).reshape(len(w), -1)
    for r, c, rows, columns in _positions(x, w, stride, padding):
        found[r, c] = planes[:, :, rows, columns].reshape(len(x), -1) @ kernels.T + b
    y = np.empty((len(x), len(w), r + 1, c + 1))
    for (r, c), value in found.items():
        y[:, :, r, c] = value
    return y


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    planes, w = _pad(x, padding), np.asarray(w, dtype=float)
    grad_planes, grad_w = np.zeros(planes.shape), np.zeros(w.shape)
    for r, c, rows, columns in _positions(x, w, stride, padding):
        g = np.asarray(grad_y[:, :, r, c], dtype=float)
        grad_w += np.tensordot(g.T, planes[:, :, rows, columns], axes=1)
        grad_planes[:, :, rows, columns] += np.tensordot(g, w, axes=1)
    if padding:
        grad_planes = grad_planes[:, :, padding:-padding, padding:-padding]
    return grad_planes, grad_w, np.einsum("norc->o", grad_y)
