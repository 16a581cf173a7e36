"""Recurrent cells with their gradients."""

import numpy as np
from numpy.typing import NDArray

from reference.logistic import sigmoid

Floats = NDArray[np.float64]


def _gates(x: Floats, h: Floats, W: Floats, U: Floats, b: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    z_i, z_f, z_g, z_o = np.split(x @ W + h @ U + b, 4, axis=1)
    return sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)


def lstm_forward(  # noqa: PLR0913, PLR0917 - a step's input, two states and three weights
    x: Floats, h: Floats, c: Floats, W: Floats, U: Floats, b: Floats
) -> tuple[Floats, Floats]:
    """Return the next hidden and cell states of an LSTM.

    Source: Gers, Schmidhuber and Cummins, "Learning to forget", Neural Computation 12 (2000), without peepholes.

    Parameters
    ----------
    x : ndarray of shape (n, d)
    h, c : ndarray of shape (n, k)
    W : ndarray of shape (d, 4 k)
        Blocks of columns for the input gate, the forget gate, the candidate and the output gate.
    U : ndarray of shape (k, 4 k)
    b : ndarray of shape (4 k,)
    """
    i, f, g, o = _gates(x, h, W, U, b)
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


def lstm_backward(  # noqa: PLR0913, PLR0917 - those of the forward step, and two gradients
    x: Floats, h: Floats, c: Floats, W: Floats, U: Floats, b: Floats, grad_h: Floats, grad_c: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Return the gradients of a loss with respect to x, h, c, W, U and b.

    Parameters
    ----------
    x, h, c, W, U, b : ndarray
        As in `lstm_forward`.
    grad_h : ndarray of shape (n, k)
        The gradient with respect to the next hidden state.
    grad_c : ndarray of shape (n, k)
        That with respect to the next cell state, without what comes through the hidden state.
    """
    i, f, g, o = _gates(x, h, W, U, b)
    squashed = np.tanh(f * c + i * g)
    at_cell = grad_c + grad_h * o * (1.0 - squashed**2)
    blocks = (
        at_cell * g * i * (1.0 - i),
        at_cell * c * f * (1.0 - f),
        at_cell * i * (1.0 - g**2),
        grad_h * squashed * o * (1.0 - o),
    )
    at_z = np.hstack(blocks)
    return at_z @ W.T, at_z @ U.T, at_cell * f, x.T @ at_z, h.T @ at_z, at_z.sum(axis=0)
