"""Adam agrees with scikit-learn's, with sums over all steps, and with closed forms."""

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer

from reference.optimisers import Adam


def gradients(n_steps, size=4, seed=0):
    """Return gradients of many sizes, shape (n_steps, size)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_steps, size)) * np.geomspace(1e-3, 1e3, size)


def test_plain_adam_is_that_of_scikit_learn():
    """scikit-learn moves the correction of the start into the rate, so that eps must be negligible."""
    theirs, mine = [np.ones(4)], Adam(np.ones(4), 0.01, (0.8, 0.95), 1e-300)
    optimiser = AdamOptimizer(theirs, 0.01, 0.8, 0.95, 1e-300)
    for g in gradients(20):
        optimiser.update_params(theirs, [g])
        np.testing.assert_allclose(mine.step(g), theirs[0], rtol=1e-12)


@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("decoupled", [False, True])
def test_averages_are_sums_over_all_steps(decoupled, amsgrad):
    """The averages unrolled: weights (1 - beta) beta^(t - s) on the gradient of step s, over their sum."""
    beta, gamma, rate, eps, decay = 0.7, 0.9, 0.1, 0.3, 0.2
    optimiser = Adam(np.ones(4), rate, (beta, gamma), eps, decay, decoupled, amsgrad)
    theta, seen, squares = np.ones(4), [], []
    for t, g in enumerate(gradients(8), start=1):
        seen.append(g + (0.0 if decoupled else decay * theta))
        weights = beta ** np.arange(t - 1, -1, -1.0)
        mean = weights @ np.array(seen) / weights.sum()
        squares.append((1 - gamma) * gamma ** np.arange(t - 1, -1, -1.0) @ np.square(seen))
        size = (np.max(squares, axis=0) if amsgrad else squares[-1]) / (1 - gamma**t)
        theta = theta - rate * mean / (np.sqrt(size) + eps) - (rate * decay * theta if decoupled else 0.0)
        np.testing.assert_allclose(optimiser.step(g), theta, rtol=1e-12)


def test_the_first_step_has_the_size_of_the_rate():
    """Corrected averages of one gradient are the gradient and its square."""
    moved = Adam(np.zeros(3), 0.5, eps=1e-12).step(np.array([1e-3, -2.0, 0.0]))
    np.testing.assert_allclose(moved, [-0.5, 0.5, 0.0], rtol=1e-8)


def test_decoupled_decay_without_gradients_is_geometric():
    """Without gradients the parameters shrink by 1 - rate * decay in each step."""
    optimiser = Adam(np.array([3.0]), 0.1, weight_decay=0.5)
    for _ in range(4):
        optimiser.step(np.zeros(1))
    np.testing.assert_allclose(optimiser.theta, 3.0 * 0.95**4)


def test_the_start_is_left_alone():
    """Steps make new arrays."""
    start = np.ones(2)
    Adam(start).step(np.ones(2))
    np.testing.assert_array_equal(start, np.ones(2))
