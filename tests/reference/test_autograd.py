"""The derivatives of programs against central differences and closed forms."""

import numpy as np
import pytest

from reference.autograd import evaluate

STEPS = [
    ("mul", 0, 1),
    ("tanh", 2, None),
    ("add", 3, 0),
    ("power", 4, 2.5),
    ("exp", 1, None),
    ("mul", 5, 6),
    ("log", 7, None),
    ("relu", 8, None),
    ("mul_number", 9, -0.5),
    ("add_number", 10, 4.0),
    ("mul", 11, 11),
]
LEAVES = np.array([0.8, 0.6])


def test_every_derivative_is_a_central_difference():
    """Each number of a program that has all operations, with respect to each leaf."""
    right = evaluate(LEAVES, STEPS)
    for leaf in range(2):
        step = 1e-6 * np.eye(2)[leaf]
        slopes = (evaluate(LEAVES + step, STEPS).values - evaluate(LEAVES - step, STEPS).values) / 2e-6
        np.testing.assert_allclose(right.gradients[:, leaf], slopes, rtol=1e-7, atol=1e-9)


def test_a_value_that_is_used_twice_counts_twice():
    """x * x has slope 2x, and doubling sixty times the slope 2^60."""
    assert evaluate([3.0], [("mul", 0, 0)]).gradients[-1, 0] == 6.0
    assert evaluate([1.0], [("add", n, n) for n in range(60)]).gradients[-1, 0] == 2.0**60


def test_sizes_add_up_what_gradients_cancel():
    """x - x has slope zero, from terms of size two."""
    right = evaluate([5.0], [("mul_number", 0, -1.0), ("add", 0, 1)])
    assert right.gradients[-1, 0] == 0.0
    assert right.sizes[-1, 0] == 2.0


@pytest.mark.parametrize(("x", "exponent", "slope"), [(0.0, 0, 0.0), (0.0, 1, 1.0), (0.0, 2, 0.0), (2.0, -1, -0.25)])
def test_powers_at_the_edge(x, exponent, slope):
    """Exponents 0 and 1 have their slopes at zero too."""
    assert evaluate([x], [("power", 0, exponent)]).gradients[-1, 0] == slope


def test_relu_is_flat_at_zero():
    """The slope at the kink is 0."""
    assert evaluate([0.0], [("relu", 0, None)]).gradients[-1, 0] == 0.0
