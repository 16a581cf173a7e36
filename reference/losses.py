"""Losses with their gradients."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


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

    Source: Bishop, "Pattern Recognition and Machine Learning" (2006), equations 4.108 and 4.109;
    the largest logit of each row is subtracted first, which changes nothing but the range.
    """
    rows = np.arange(len(logits))
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=1)
    loss = float((np.log(totals) - shifted[rows, y]).mean())
    grad = exponentials / totals[:, None]
    grad[rows, y] -= 1.0
    return loss, grad / len(logits)
