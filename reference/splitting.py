"""Which fold of a cross-validation each row belongs to: by runs, by dealing out labels, by whole groups."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Labels = Sequence[Any] | Integers


def run_folds(n_samples: int, n_splits: int, order: Integers | None = None) -> Integers:
    """Return the fold of each row when rows, taken in an order, are cut into runs, shape (n_samples,).

    The first runs are longer by one where the number of rows leaves a rest, as
    in scikit-learn's ``KFold``.
    """
    folds = np.empty(n_samples, dtype=np.int64)
    runs = np.array_split(np.arange(n_samples) if order is None else order, n_splits)
    for fold, rows in enumerate(runs):
        folds[rows] = fold
    return folds


def dealt_folds(y: Labels, n_splits: int, order: Integers | None = None) -> Integers:
    """Return the fold of each row when rows are dealt out in turn, label after label, shape (n_samples,).

    Both the rows of a fold and those of each label in it differ by one between
    folds at most.
    """
    labels = list(y)
    rows = (np.arange(len(labels)) if order is None else order).tolist()
    folds = np.empty(len(labels), dtype=np.int64)
    for turn, row in enumerate(sorted(rows, key=labels.__getitem__)):
        folds[row] = turn % n_splits
    return folds


def group_folds(groups: Labels, n_splits: int) -> Integers:
    """Return the fold of each row when whole groups go, largest first, into the fold with the fewest rows.

    Ties go to the smaller label and to the lower fold. Source: Graham, "Bounds
    on multiprocessing timing anomalies" (1969), whose rule (longest first)
    leaves no fold above 4/3 of the best largest one.
    """
    counts = Counter(list(groups))
    sizes = [0] * n_splits
    fold_of = {}
    for group in sorted(counts, key=lambda name: (-counts[name], name)):
        fold_of[group] = sizes.index(min(sizes))
        sizes[fold_of[group]] += counts[group]
    return np.array([fold_of[group] for group in list(groups)], dtype=np.int64)
