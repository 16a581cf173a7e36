"""Recurrent cells against loops over units and central differences."""

import math

import numpy as np
import pytest

from reference.recurrent import lstm_backward, lstm_forward


def draw(seed, n=3, d=2, k=4):
    rng = np.random.default_rng(seed)
    shapes = ((n, d), (n, k), (n, k), (d, 4 * k), (k, 4 * k), (4 * k,))
    return [rng.normal(size=shape) for shape in shapes], rng.normal(size=(n, k)), rng.normal(size=(n, k))


def test_states_are_those_of_a_loop_over_units():
    """Each unit by itself, with the exponential function."""
    (x, h, c, W, U, b), _, _ = draw(0)
    h_next, c_next = lstm_forward(x, h, c, W, U, b)
    for row, unit in np.ndindex(c.shape):
        z = [
            sum(x[row, j] * W[j, column] for j in range(2))
            + sum(h[row, j] * U[j, column] for j in range(4))
            + b[column]
            for column in (unit, 4 + unit, 8 + unit, 12 + unit)
        ]
        i, f, o = (1 / (1 + math.exp(-z[gate])) for gate in (0, 1, 3))
        cell = f * c[row, unit] + i * math.tanh(z[2])
        assert c_next[row, unit] == pytest.approx(cell, abs=1e-14)
        assert h_next[row, unit] == pytest.approx(o * math.tanh(cell), abs=1e-14)


@pytest.mark.parametrize("seed", range(3))
def test_gradients_are_central_differences(seed):
    """Each entry of each argument moved by a small step."""
    inputs, grad_h, grad_c = draw(seed)

    def loss():
        h_next, c_next = lstm_forward(*inputs)
        return (h_next * grad_h).sum() + (c_next * grad_c).sum()

    for values, gradient in zip(inputs, lstm_backward(*inputs, grad_h, grad_c), strict=True):
        for place in np.ndindex(values.shape):
            kept = values[place]
            values[place] = kept + 1e-5
            ahead = loss()
            values[place] = kept - 1e-5
            slope = (ahead - loss()) / 2e-5
            values[place] = kept
            assert gradient[place] == pytest.approx(slope, abs=1e-8)


def test_saturated_gates_overflow_nothing():
    """At z = 2000 gates are 0 or 1, without a warning."""
    one, zero = np.ones((1, 1)), np.zeros((1, 4))
    for b in (np.full(4, 2000.0), np.full(4, -2000.0)):
        h_next, c_next = lstm_forward(one, one, one, zero, zero, b)
        assert np.isfinite([h_next, c_next]).all()
        assert all(np.isfinite(part).all() for part in lstm_backward(one, one, one, zero, zero, b, one, one))
