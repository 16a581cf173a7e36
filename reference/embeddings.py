"""Vectors of words, learnt from words nearby."""

import numpy as np
from numpy.typing import NDArray

from reference.logistic import sigmoid

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def sgns_gradients(V: Floats, U: Floats, pairs: Integers, negatives: Integers) -> tuple[float, Floats, Floats]:
    """Return the loss of skip-gram with negative sampling, summed over pairs, and its derivatives by V and U.

    Parameters
    ----------
    V, U : ndarray of shape (n_words, d)
        Vectors of words as centres, and in contexts.
    pairs : ndarray of int, shape (n_pairs, 2)
        Centre and context.
    negatives : ndarray of int, shape (n_pairs, k)

    Source: Mikolov et al., "Distributed representations of words and phrases
    and their compositionality" (2013), equation 4.
    """
    centres, others = pairs[:, 0], np.hstack([pairs[:, 1:], negatives])
    signs = np.where(np.arange(others.shape[1]) == 0, 1.0, -1.0)
    margins = signs * np.einsum("pd,pkd->pk", V[centres], U[others])
    # The derivative of -ln sigma(m) is -sigma(-m).
    errors = -signs * sigmoid(-margins)
    grad_V, grad_U = np.zeros_like(V), np.zeros_like(U)
    np.add.at(grad_V, centres, np.einsum("pk,pkd->pd", errors, U[others]))
    np.add.at(grad_U, others, errors[:, :, None] * V[centres][:, None])
    return float(np.logaddexp(0.0, -margins).sum()), grad_V, grad_U


def sgns_pass(
    V: Floats, U: Floats, pairs: Integers, negatives: Integers, learning_rate: float
) -> tuple[Floats, Floats]:
    """Return V and U after a gradient step for each pair, in their order."""
    for pair, drawn in zip(pairs, negatives, strict=True):
        _, grad_V, grad_U = sgns_gradients(V, U, pair[None], drawn[None])
        V, U = V - learning_rate * grad_V, U - learning_rate * grad_U
    return V, U
