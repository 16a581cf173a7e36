"""Compares probabilities: rows that add up to one, and their logarithms far into the tails."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from judge.agreement.comparison import at_most, close_to
from judge.agreement.conversion import array, real_array
from judge.agreement.findings import Finding, place

Floats = NDArray[np.float64]

# exp underflows to zero below this, so a logarithm beneath it means probability zero.
_LOG_OF_ZERO = -745.0


def probability_rows(value: Any, what: str, *, shape: tuple[int, int], tolerance: float, hint: str = "") -> Floats:
    """Check that an answer holds a probability distribution in each row, and return it.

    Parameters
    ----------
    value : object
        The answer.
    what : str
        Its name in messages.
    shape : tuple of int
        (n_samples, n_classes).
    tolerance : float
        How far a row's sum may be from 1, and an entry outside [0, 1]: 1e-6 where float32 will do, for a sum of a
        few terms near one rounds by its eps of 1e-7; 1e-12 in float64.
    """
    rows = array(value, what, shape=shape)
    at_most(float((-rows).max(initial=0.0)), tolerance, f"how far {what} falls below 0", hint=hint)
    at_most(float((rows - 1.0).max(initial=0.0)), tolerance, f"how far {what} rises above 1", hint=hint)
    # Entries are in [0, 1] by now, so sums cannot overflow.
    close_to(rows.sum(axis=1), np.ones(len(rows)), tolerance, f"the sums of the rows of {what}", scale=1.0, hint=hint)
    return rows


def log_probabilities(value: Any, expected: ArrayLike, tolerance: float, what: str, *, hint: str = "") -> None:
    """Check logarithms of probabilities, with an error relative to 1 + |expected|.

    Near zero the error is absolute, which is a relative one of the probability
    itself; far in the tails it is relative, for there a logarithm is a sum of
    large terms. A probability of exactly zero, -inf in `expected`, may be
    answered by -inf or by anything below the logarithm of the least float.

    Parameters
    ----------
    value : object
        The answer.
    expected : array-like of float
        The right logarithms, of the same shape; -inf is allowed.
    tolerance : float
    what : str
        Its name in messages.
    """
    right = np.asarray(expected, dtype=np.float64)
    mine = real_array(value, what, right.shape).astype(np.float64)
    is_zero = np.isneginf(right)
    missed = np.argwhere(np.atleast_1d(is_zero & ~(mine < _LOG_OF_ZERO)))
    if len(missed):
        told = f"{what} at {place(missed[0])} is {np.atleast_1d(mine)[tuple(missed[0])]:.6g}"
        raise Finding(f"{told}; the probability is 0, so -inf was asked for", actual=value, hint=hint)
    finite = np.where(is_zero, 0.0, right)
    # A zero where both are -inf leaves every other place where it is in the message.
    shown = value if not is_zero.any() else np.where(is_zero, 0.0, mine)
    close_to(shown, finite, tolerance, what, scale=1.0 + np.abs(finite), hint=hint)
