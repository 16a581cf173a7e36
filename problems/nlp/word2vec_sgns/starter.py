"""Word2vec by negative sampling. Fill in both functions."""

import numpy as np


def sgns_gradients(V, U, pairs, negatives):
    """Return the loss, and its derivatives by V and U, each of shape (n_words, d).

    `pairs` has shape (n_pairs, 2), centre and context; `negatives` (n_pairs, k).
    """
    raise NotImplementedError


def sgns_train(V, U, pairs, negatives, learning_rate):
    """Return V and U after one step for each pair, in the given order."""
    raise NotImplementedError
