"""Metrics from their definitions, by counting."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def auc_by_pairs(y_true: Integers, y_score: Floats) -> float:
    """Return the share of (positive, negative) pairs in which the positive has the higher score; a tie is half a pair.

    The counts are whole numbers, so the result is exact up to one rounding.

    Source: Hanley, McNeil, "The meaning and use of the area under a receiver
    operating characteristic (ROC) curve" (1982); same as
    ``sklearn.metrics.roc_auc_score``.

    Parameters
    ----------
    y_true : ndarray of shape (n_samples,)
        0 for negatives, 1 for positives; both must be there.
    y_score : ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        When one class is missing.
    """
    positive, negative = y_score[y_true == 1], y_score[y_true == 0]
    if not len(positive) or not len(negative):
        raise ValueError("both classes are needed")
    twice = 0
    for score in positive:
        twice += 2 * int((score > negative).sum()) + int((score == negative).sum())
    return twice / (2 * len(positive) * len(negative))
