"""Log loss. Fill in the function."""

import numpy as np


def log_loss(y, probabilities, labels, eps=1e-12, sample_weight=None):
    """Return the mean of minus the logarithm of the probability of the true label.

    Parameters
    ----------
    y : array of int, or list of str, length n_samples
        The true labels.
    probabilities : array of shape (n_samples, n_labels)
        Column k belongs to labels[k].
    labels : array of int, or list of str, length n_labels
    eps : float
        Probabilities are clipped to [eps, 1 - eps].
    sample_weight : array of shape (n_samples,), optional
    """
    return 0.0
