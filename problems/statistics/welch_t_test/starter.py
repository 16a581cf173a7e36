"""Welch's t-test. Fill in the function; helper functions of your own are welcome."""

import numpy as np


def welch_t_test(a, b):
    """Test whether two samples have equal means, without assuming equal variances.

    Parameters
    ----------
    a, b : arrays of shape (n_a,) and (n_b,)
        The samples.

    Returns
    -------
    t : float
        The statistic, positive when the mean of a is the larger.
    p : float
        The two-sided p-value.
    """
    difference = np.mean(a) - np.mean(b)
    return difference, 1.0
