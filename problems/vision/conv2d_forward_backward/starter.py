"""Two-dimensional convolution, forward and backward. Fill in the two functions."""

import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    """Return the convolution of images x, shape (n_images, in_channels, height, width), with kernels w and biases b.

    w has shape (out_channels, in_channels, kernel_height, kernel_width); the result
    has shape (n_images, out_channels, out_height, out_width).
    """
    raise NotImplementedError


def conv2d_backward(grad_y, x, w, b, stride=1, padding=0):
    """Return (grad_x, grad_w, grad_b) for grad_y, the gradient with respect to the result of conv2d."""
    raise NotImplementedError
