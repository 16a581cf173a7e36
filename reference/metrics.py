"""Metrics from their definitions, by counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt

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


@dataclass(frozen=True, slots=True)
class ClassificationSummary:
    """Scores of each class and their averages.

    Attributes
    ----------
    labels, support : ndarray of shape (n_classes,), int
    precision, recall, f1 : ndarray of shape (n_classes,)
    accuracy : float
    micro, macro, weighted : ndarray of shape (3,)
        Averaged precision, recall and F1.
    """

    labels: Integers
    support: Integers
    precision: Floats
    recall: Floats
    f1: Floats
    accuracy: float
    micro: Floats
    macro: Floats
    weighted: Floats


def classification_summary(
    y_true: Integers, y_pred: Integers, labels: Integers | None = None, zero_division: float = 0.0
) -> ClassificationSummary:
    """Count hits, predictions and members of each class, and divide.

    A quotient with denominator zero is `zero_division`. Micro averages divide the counts summed over `labels`.

    Source: ``sklearn.metrics.precision_recall_fscore_support`` with the same `labels` and `zero_division`,
    and its documentation, "Precision, recall and F-measures" (section 3.4.4.9 of scikit-learn's user guide).

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n_samples,)
    labels : ndarray of shape (n_classes,), optional
        The classes in the order wanted; by default all that occur, sorted. One of them must occur in `y_true`.
    zero_division : float
    """
    classes = np.union1d(y_true, y_pred) if labels is None else np.asarray(labels)
    is_true, is_predicted = y_true == classes[:, None], y_pred == classes[:, None]
    hits, predicted, support = ((is_true & is_predicted).sum(1), is_predicted.sum(1), is_true.sum(1))
    precision, recall = _quotient(hits, predicted, zero_division), _quotient(hits, support, zero_division)
    f1 = _quotient(2 * hits, predicted + support, zero_division)
    scores = np.array([precision, recall, f1])
    sums = np.array([hits.sum(), hits.sum(), 2 * hits.sum()])
    wholes = np.array([predicted.sum(), support.sum(), predicted.sum() + support.sum()])
    return ClassificationSummary(
        classes,
        support,
        precision,
        recall,
        f1,
        accuracy=float((y_true == y_pred).mean()),
        micro=_quotient(sums, wholes, zero_division),
        macro=scores.mean(axis=1),
        weighted=scores @ support / support.sum(),
    )


def _quotient(part: Integers, whole: Integers, otherwise: float) -> Floats:
    return np.where(whole > 0, part / np.maximum(whole, 1), otherwise)


@dataclass(frozen=True, slots=True)
class RegressionSummary:
    """Errors of predictions; `mape` is a fraction, and leaves out true values of zero."""

    mse: float
    rmse: float
    mae: float
    mape: float
    r2: float
    adjusted_r2: float


def regression_summary(y_true: Floats, y_pred: Floats, n_features: int) -> RegressionSummary:
    """Compute the errors by exactly rounded sums, so that offsets cost no digits.

    R² of a constant `y_true` is 1 when all predictions are exact and else 0.

    Source: the definitions in scikit-learn's user guide, "Regression metrics" (``mean_squared_error``,
    ``mean_absolute_error``, ``mean_absolute_percentage_error`` without the zeros, ``r2_score``); the adjusted R² is
    that of Theil, "Economic Forecasts and Policy" (1961).

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n_samples,)
        At least one true value must not be zero.
    n_features : int
        How many features the model has, its intercept not counted.

    Raises
    ------
    ValueError
        When there are at most ``n_features + 1`` samples.
    """
    n = len(y_true)
    if n <= n_features + 1:
        raise ValueError("more samples than features and intercept are needed")
    truth, misses = y_true.tolist(), (y_true - y_pred).tolist()
    squares = fsum(miss * miss for miss in misses)
    mean = fsum(truth) / n
    total = fsum((value - mean) ** 2 for value in truth) if min(truth) < max(truth) else 0.0
    r2 = 1 - squares / total if total else float(squares == 0)
    relative = [abs(miss / value) for miss, value in zip(misses, truth, strict=True) if value]
    return RegressionSummary(
        mse=squares / n,
        rmse=sqrt(squares / n),
        mae=fsum(map(abs, misses)) / n,
        mape=fsum(relative) / len(relative),
        r2=r2,
        adjusted_r2=1 - (1 - r2) * (n - 1) / (n - n_features - 1),
    )


def log_loss(
    y: Sequence[object] | Integers,
    probabilities: Floats,
    labels: Sequence[object] | Integers,
    eps: float = 1e-12,
    sample_weight: Floats | None = None,
) -> float:
    """Return the weighted mean of -log of the probability of the true label, clipped to [eps, 1 - eps].

    Source: Good, "Rational decisions", Journal of the Royal Statistical Society B 14 (1952); for rows that
    sum to one and labels in ascending order the same as ``sklearn.metrics.log_loss``.

    Parameters
    ----------
    y : sequence of length n_samples
        The true labels.
    probabilities : ndarray of shape (n_samples, n_labels)
        Column k belongs to labels[k]; rows are not scaled.
    labels : sequence of length n_labels
        All different, in any order.
    eps : float
    sample_weight : ndarray of shape (n_samples,), optional

    Raises
    ------
    ValueError
        When `y` holds a label that is not in `labels`.
    """
    columns = list(labels)
    chosen = [float(row[columns.index(label)]) for label, row in zip(y, probabilities, strict=True)]
    losses = [-log(min(max(p, eps), 1.0 - eps)) for p in chosen]
    weights = [1.0] * len(losses) if sample_weight is None else [float(w) for w in sample_weight]
    return fsum(w * loss for w, loss in zip(weights, losses, strict=True)) / fsum(weights)
