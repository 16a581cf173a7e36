"""Skip-gram's gradients are slopes, and its steps go down."""

import math

import numpy as np

from reference.embeddings import sgns_gradients, sgns_pass


def task(seed=0, n_pairs=7):
    """Return tables of five words, with pairs and negatives that repeat."""
    rng = np.random.default_rng(seed)
    V, U = rng.normal(size=(2, 5, 3))
    return V, U, rng.integers(5, size=(n_pairs, 2)), rng.integers(5, size=(n_pairs, 4))


def loss_of(V, U, pairs, negatives):
    """Follow the definition, word by word."""
    total = 0.0
    for (centre, context), drawn in zip(pairs, negatives, strict=True):
        total += math.log(1.0 + math.exp(-U[context] @ V[centre]))
        total += sum(math.log(1.0 + math.exp(U[word] @ V[centre])) for word in drawn)
    return total


def test_the_loss_follows_its_definition():
    """The loss is the sum of logarithms over single words."""
    assert math.isclose(sgns_gradients(*task())[0], loss_of(*task()), rel_tol=1e-12)


def test_gradients_are_central_differences():
    """Every entry of both gradients is a slope of the loss."""
    V, U, pairs, negatives = task(1)
    for place, grad in enumerate(sgns_gradients(V, U, pairs, negatives)[1:]):
        slopes = np.zeros_like(grad)
        for entry in np.ndindex(grad.shape):
            tables = [[V.copy(), U.copy()] for _ in range(2)]
            tables[0][place][entry] += 1e-5
            tables[1][place][entry] -= 1e-5
            slopes[entry] = (loss_of(*tables[0], pairs, negatives) - loss_of(*tables[1], pairs, negatives)) / 2e-5
        np.testing.assert_allclose(grad, slopes, atol=1e-8)


def test_large_products_do_not_overflow():
    """A loss of 2000 is 2000, and its gradient that of a straight line."""
    loss, grad_V, _ = sgns_gradients(np.ones((1, 1)), np.full((1, 1), 2000.0), np.array([[0, 0]]), np.array([[0]]))
    assert loss == 2000.0
    np.testing.assert_array_equal(grad_V, [[2000.0]])


def test_a_pass_is_one_step_after_another():
    """Each pair moves rows by the gradient of its own loss, at the values that the pairs before have left."""
    V, U, pairs, negatives = task(2, n_pairs=4)
    after = sgns_pass(V, U, pairs, negatives, 0.1)
    for i in range(4):
        one = slice(i, i + 1)
        _, grad_V, grad_U = sgns_gradients(V, U, pairs[one], negatives[one])
        assert set(np.flatnonzero(grad_V.any(axis=1))) == {pairs[i, 0]}
        V, U = V - 0.1 * grad_V, U - 0.1 * grad_U
    np.testing.assert_array_equal(after[0], V)
    np.testing.assert_array_equal(after[1], U)
