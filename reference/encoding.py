"""Numbers for categories: places in a sorted list, and mean targets that are shrunk towards the overall mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
# Rows of strings, None where a value is missing.
Table = Sequence[Sequence[str | None]]


def ordinal_categories(X: Table) -> list[list[str]]:
    """Return the different strings of each column, sorted."""
    return [sorted({value for value in column if value is not None}) for column in zip(*X, strict=True)]


def ordinal_codes(categories: list[list[str]], X: Table, unknown_value: int = -1, missing_value: int = -2) -> Integers:
    """Return the place of each value among its column's categories, shape (n_rows, n_columns).

    Source: scikit-learn's ``OrdinalEncoder``.
    """

    def code(value: str | None, known: list[str]) -> int:
        if value is None:
            return missing_value
        return known.index(value) if value in known else unknown_value

    return np.array([[code(value, known) for value, known in zip(row, categories, strict=True)] for row in X])


@dataclass(frozen=True, slots=True)
class TargetMeans:
    """The encoding of each category of each column, and of all others."""

    mean: float
    encodings: list[dict[str | None, float]]

    def encode(self, X: Table) -> Floats:
        """Return the encodings of rows, shape (n_rows, n_columns)."""
        return np.array(
            [[known.get(value, self.mean) for value, known in zip(row, self.encodings, strict=True)] for row in X]
        )


def target_means(X: Table, y: Floats, smoothing: float) -> TargetMeans:
    """Return the mean target of each category, as if `smoothing` more rows had the overall mean.

    Source: Micci-Barreca, "A preprocessing scheme for high-cardinality
    categorical attributes" (2001), equation 3 with n / (n + m) as the weight;
    same as scikit-learn's ``TargetEncoder(smooth=m)``.

    Parameters
    ----------
    X : rows of strings or None
        None is a category as well.
    y : ndarray of shape (n_rows,)
    smoothing : float
    """
    mean = float(y.mean())
    encodings = []
    for column in zip(*X, strict=True):
        rows = {value: np.array([other == value for other in column]) for value in dict.fromkeys(column)}
        encodings.append({v: float((y[r].sum() + smoothing * mean) / (r.sum() + smoothing)) for v, r in rows.items()})
    return TargetMeans(mean, encodings)


def out_of_fold_means(X: Table, y: Floats, folds: Integers, smoothing: float) -> Floats:
    """Return encodings of shape (n_rows, n_columns), each row's learnt from the rows of other folds alone."""

    def rest(fold: int) -> TargetMeans:
        return target_means(
            [row for row, own in zip(X, folds, strict=True) if own != fold], y[folds != fold], smoothing
        )

    learnt = {fold: rest(fold) for fold in np.unique(folds).tolist()}
    return np.concatenate([learnt[fold].encode([row]) for row, fold in zip(X, folds.tolist(), strict=True)])
