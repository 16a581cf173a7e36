"""Losses with their gradients."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def log_softmax(scores: Floats) -> Floats:
    """Return the logarithm of the softmax of each row.

    The largest score of a row is subtracted first, which changes nothing but the range.
    """
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_cross_entropy(logits: Floats, y: Integers) -> tuple[float, Floats]:
    """Return the mean cross-entropy of softmax(logits) and its gradient with respect to the logits.

    Parameters
    ----------
    logits : ndarray of shape (n_samples, n_classes)
    y : ndarray of shape (n_samples,)
        The index of each sample's class.

    Returns
    -------
    loss : float
        The mean over samples of log(sum(exp(logits))) - logits[y].
    grad : ndarray of shape (n_samples, n_classes)
        (softmax(logits) - onehot(y)) / n_samples.

    Source: Bishop, "Pattern Recognition and Machine Learning" (2006), equations 4.108 and 4.109.
    """
    rows = np.arange(len(logits))
    log_p = log_softmax(logits)
    grad = np.exp(log_p)
    grad[rows, y] -= 1.0
    return float(-log_p[rows, y].mean()), grad / len(logits)
