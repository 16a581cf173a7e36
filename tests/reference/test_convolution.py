"""The convolution agrees with SciPy, with loops over its definition, and its gradients with differences."""

import numpy as np
import pytest
from scipy.signal import correlate

from reference.convolution import conv2d, conv2d_backward

SETTINGS = [(1, 0), (1, 2), (2, 1), (3, 0), (4, 3)]


def layer(seed=0):
    """Return images, kernels and biases in which no two axes are alike."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(2, 3, 7, 8)), rng.normal(size=(4, 3, 2, 3)), rng.normal(size=4)


def test_one_channel_is_scipys_correlation():
    """A single channel without padding is correlate in mode valid."""
    x, w, _ = layer()
    mine = conv2d(x[:, :1], w[:1, :1], np.zeros(1))
    np.testing.assert_allclose(mine[1, 0], correlate(x[1, 0], w[0, 0], "valid"), atol=1e-12)


@pytest.mark.parametrize(("stride", "padding"), SETTINGS)
def test_every_entry_follows_the_definition(stride, padding):
    """Each entry is a sum over the pixels under the kernel."""
    x, w, b = layer()
    planes = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    y = conv2d(x, w, b, stride, padding)
    assert y.shape[2:] == ((7 + 2 * padding - 2) // stride + 1, (8 + 2 * padding - 3) // stride + 1)
    for i, o, r, c in np.ndindex(y.shape):
        patch = planes[i, :, stride * r : stride * r + 2, stride * c : stride * c + 3]
        assert y[i, o, r, c] == pytest.approx(b[o] + (patch * w[o]).sum())


@pytest.mark.parametrize(("stride", "padding"), SETTINGS)
def test_gradients_are_slopes(stride, padding):
    """The layer is linear in each argument, so that unit steps give every derivative."""
    arguments = layer()
    y = conv2d(*arguments, stride, padding)
    grad_y = np.random.default_rng(1).normal(size=y.shape)
    gradients = conv2d_backward(grad_y, arguments[0], arguments[1], stride, padding)
    for index, gradient in enumerate(gradients):
        assert gradient.shape == arguments[index].shape
        for place in np.ndindex(gradient.shape):
            moved = [one.copy() for one in arguments]
            moved[index][place] += 1.0
            slope = (grad_y * (conv2d(*moved, stride, padding) - y)).sum()
            assert gradient[place] == pytest.approx(slope, abs=1e-11)
