"""Recursive feature elimination with least squares, and how many columns to leave by cross-validation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.linear_model import LinearFit, least_squares

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stage:
    """A model on the way down.

    Attributes
    ----------
    columns : ndarray of shape (n_left,)
        The columns that are left, rising.
    fit : LinearFit
        Least squares on them.
    margin : float
        How far the least weight that stays is above the largest that goes next, in units of the largest
        weight; 1 at the end.
    """

    columns: Integers
    fit: LinearFit
    margin: float


def visited_sizes(n_features: int, n_left: int, step: int) -> list[int]:
    """Return the numbers of columns of all rounds, falling, and `n_left` in the end."""
    return [*range(n_features, n_left, -step), n_left]


def eliminate(X: Floats, y: Floats, n_left: int, step: int = 1) -> list[Stage]:
    """Return all stages, the last of which has `n_left` columns.

    Source: Guyon, Weston, Barnhill and Vapnik, "Gene selection for cancer
    classification using support vector machines" (2002), section 3; same as
    scikit-learn's ``RFE`` of a linear model on standardised columns.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        A constant column has weight 0; no others may be collinear.
    y : ndarray of shape (n_samples,)
    n_left, step : int
    """
    deviation = X.std(axis=0)
    columns = np.arange(X.shape[1])
    stages = []
    sizes = visited_sizes(X.shape[1], n_left, step)
    for after in [*sizes[1:], None]:
        # In units of deviations all columns are alike, so that no small one counts as dependent.
        unit = np.where(np.ptp(X[:, columns], axis=0) > 0, deviation[columns], 1.0)
        scaled = least_squares(X[:, columns] / unit, y)
        weight = np.where(np.ptp(X[:, columns], axis=0) > 0, np.abs(scaled.coef), 0.0)
        fit = LinearFit(scaled.coef / unit, scaled.intercept)
        order = np.argsort(-weight, kind="stable")
        margin = 1.0 if after is None else float(weight[order[after - 1]] - weight[order[after]]) / float(weight.max())
        stages.append(Stage(columns, fit, margin))
        columns = columns if after is None else np.sort(columns[order[:after]])
    return stages


def ranks(stages: list[Stage], n_features: int) -> Integers:
    """Return 1 for the columns of the last stage, 2 for those that it lacks from the stage before, and so on."""
    ranking = np.empty(n_features, dtype=np.int64)
    for rank, stage in zip(range(len(stages), 0, -1), stages, strict=True):
        ranking[stage.columns] = rank
    return ranking


def elimination_errors(X: Floats, y: Floats, folds: Integers, step: int = 1) -> tuple[Floats, float]:
    """Return the error of each visited size, falling, and the least margin on all ways down.

    The error is the mean over folds of the mean squared error of the model
    that was eliminated and fitted on the other folds, as in scikit-learn's ``RFECV``.
    """
    table, margins = [], []
    for fold in np.unique(folds):
        test = folds == fold
        stages = eliminate(X[~test], y[~test], 1, step)
        table.append([np.square(y[test] - one.fit.predict(X[test][:, one.columns])).mean() for one in stages])
        margins += [one.margin for one in stages]
    return np.mean(table, axis=0), min(margins)
