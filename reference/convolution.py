"""Two-dimensional convolution of images, with its gradients."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def conv2d(x: Floats, w: Floats, b: Floats, stride: int = 1, padding: int = 0) -> Floats:
    """Return the cross-correlation of images with kernels, plus a bias for each output channel.

    Parameters
    ----------
    x : ndarray of shape (n_images, in_channels, height, width)
    w : ndarray of shape (out_channels, in_channels, kernel_height, kernel_width)
    b : ndarray of shape (out_channels,)
    stride : int
    padding : int
        Rows and columns of zeros on each side.

    Returns
    -------
    ndarray of shape (n_images, out_channels, out_height, out_width)

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 2.
    """
    return np.einsum("nkrcuv,okuv->norc", windows(_padded(x, padding), w.shape[2:], stride), w) + b[:, None, None]


def conv2d_backward(
    grad_y: Floats, x: Floats, w: Floats, stride: int = 1, padding: int = 0
) -> tuple[Floats, Floats, Floats]:
    """Return the derivatives by x, w and b of a number whose derivative by the result of `conv2d` is `grad_y`.

    The derivative by x spreads each entry of `grad_y`, times the kernel, over
    the pixels that the kernel lay on.
    """
    planes = _padded(x, padding)
    grad_w = np.einsum("nkrcuv,norc->okuv", windows(planes, w.shape[2:], stride), grad_y)
    grad_planes = np.zeros_like(planes)
    n_rows, n_columns = grad_y.shape[2:]
    for u, v in np.ndindex(*w.shape[2:]):
        rows, columns = slice(u, u + stride * n_rows, stride), slice(v, v + stride * n_columns, stride)
        # A slice that ends beyond the image is cut off, and has the right length all the same.
        grad_planes[:, :, rows, columns] += np.einsum("norc,ok->nkrc", grad_y, w[:, :, u, v])
    height, width = x.shape[2:]
    grad_x = grad_planes[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_w, grad_y.sum(axis=(0, 2, 3))


def windows(planes: Floats, shape: tuple[int, ...], stride: int) -> Floats:
    """Return what lies under a kernel at each position: (n, channels, out_height, out_width, *shape)."""
    every = np.lib.stride_tricks.sliding_window_view(planes, shape, axis=(2, 3))
    return every[:, :, ::stride, ::stride]


def _padded(x: Floats, padding: int) -> Floats:
    return np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
