"""Compares answers that are right in several guises: groups under any names, rows in any order, free signs."""

import itertools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from judge.agreement.comparison import close_to
from judge.agreement.conversion import array
from judge.agreement.findings import Finding, note

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Eigenvalues nearer to one another than this share of the largest are taken as equal: rounding moves them by 1e-15.
_EQUAL = 1e-9
# Errors in units of the tolerance, from which on the size of an error no longer matters for who is matched with whom.
_HOPELESS = 1e12


def same_partition(
    value: Any, expected: ArrayLike, what: str, *, where: NDArray[np.bool_] | None = None, hint: str = ""
) -> None:
    """Check that labels put the same samples together, whatever the groups are called.

    The same as an adjusted Rand index of exactly 1.

    Parameters
    ----------
    value : object
        The answer, shape (n_samples,), of whole numbers.
    expected : array-like of int, shape (n_samples,)
        The right groups, under any names.
    what : str
        Its name in messages.
    where : ndarray of bool, shape (n_samples,), optional
        Leaves out samples whose group is not determined, or is compared otherwise (noise, for instance).
    """
    right = np.asarray(expected, dtype=np.int64)
    mine = array(value, what, shape=right.shape, kind="int")
    rows = np.arange(len(right)) if where is None else np.flatnonzero(where)
    together, apart = _strays(mine[rows], right[rows]), _strays(right[rows], mine[rows])
    note(what, float(len(together) + len(apart)), 0.0)
    for strays, verb, truth in ((together, "puts", "belong to different groups"), (apart, "parts", "belong together")):
        if len(strays):
            first, second = rows[strays[0]]
            joined = " together" if verb == "puts" else ""
            raise Finding(
                f"{what} {verb} samples {first} and {second}{joined}, which {truth}",
                actual=value,
                expected=right,
                hint=hint,
            )


def _strays(labels: Integers, others: Integers) -> NDArray[np.intp]:
    """Return pairs (first, i), shape (n_pairs, 2), that `labels` puts together and `others` does not.

    `first` is the first sample of i's group.
    """
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    leaders = first[group]
    strays = np.flatnonzero(others != others[leaders])
    return np.column_stack([leaders[strays], strays])


def matched_rows(
    value: Any,
    expected: ArrayLike,
    tolerance: float,
    what: str,
    *,
    scale: ArrayLike = 1.0,
    hint: str = "",
) -> Integers:
    """Check rows in any order, such as the centres of clusters, and return the order.

    Where rows can be paired so that all pairs agree, they are; so near twins
    cost nobody a verdict.

    Parameters
    ----------
    value : object
        The answer, shape (n_rows, n_columns).
    expected : array-like of float, shape (n_rows, n_columns)
    tolerance : float
        The error allowed in each element, times `scale`.
    what : str
        Its name in messages.
    scale : array-like of float
        A positive number, or one for each column.

    Returns
    -------
    order : ndarray of int, shape (n_rows,)
        `array(value, ...)[order]` agrees with `expected` row by row; weights and covariances go by it too.
    """
    right = np.asarray(expected, dtype=np.float64)
    mine = array(value, what, shape=right.shape)
    errors = np.abs(right[:, None, :] - mine[None, :, :]) / (tolerance * np.asarray(scale, dtype=np.float64))
    # Within the tolerance all pairings are equally good: the cheapest one is free where there is one without an error.
    order = assignment(np.clip(errors.max(axis=2, initial=0.0) - 1.0, 0.0, _HOPELESS))
    close_to(mine[order], right, tolerance, f"{what}, its rows put in the nearest order,", scale=scale, hint=hint)
    return order


def assignment(cost: Floats) -> Integers:
    """Return, for each row of a square matrix, the column it is assigned to at least total cost.

    Source: Kuhn, "The Hungarian method for the assignment problem" (1955), in
    the form of shortest augmenting paths, n^3 operations.
    """
    n = len(cost)
    row_price, column_price = np.zeros(n), np.zeros(n)
    row_of = np.full(n, -1)
    for row in range(n):
        distance, parent = np.full(n, np.inf), np.full(n, -1)
        is_done = np.zeros(n, dtype=bool)
        current, column, reached = row, -1, 0.0
        # Grow a tree of cheapest paths until it reaches a column that nobody has.
        while current >= 0:
            through = reached + cost[current] - row_price[current] - column_price
            is_shorter = ~is_done & (through < distance)
            distance[is_shorter], parent[is_shorter] = through[is_shorter], column
            column = int(np.argmin(np.where(is_done, np.inf, distance)))
            is_done[column], reached = True, distance[column]
            current = row_of[column]
        done = np.flatnonzero(is_done & (row_of >= 0))
        row_price[row_of[done]] += reached - distance[done]
        row_price[row] += reached
        column_price[is_done] += distance[is_done] - reached
        while column >= 0:
            previous = parent[column]
            row_of[column] = row if previous < 0 else row_of[previous]
            column = previous
    return np.argsort(row_of)


def same_up_to_sign(
    value: Any, expected: ArrayLike, tolerance: ArrayLike, what: str, *, scale: ArrayLike = 1.0, hint: str = ""
) -> Floats:
    """Check rows whose signs are free, each by itself, and return them as they came.

    Parameters
    ----------
    value : object
        The answer, shape (n_rows, n_columns).
    expected : array-like of float, shape (n_rows, n_columns)
        The right rows, with any signs.
    tolerance : float or array-like of float, shape (n_rows,)
        For eigenvectors, the accuracy divided by the gap of the eigenvalue (see `same_components`).
    what : str
        Its name in messages.
    """
    right = np.asarray(expected, dtype=np.float64)
    mine = array(value, what, shape=right.shape)
    for index, allowed in enumerate(np.broadcast_to(np.asarray(tolerance, dtype=np.float64), len(right)).tolist()):
        _same_row(mine[index], right[index], allowed, f"{what}[{index}]", scale=scale, hint=hint)
    return mine


def _same_row(mine: Floats, right: Floats, tolerance: float, what: str, *, scale: ArrayLike, hint: str) -> None:
    sign = -1.0 if mine @ right < 0 else 1.0
    close_to(mine, sign * right, tolerance, f"{what} (its sign is free)", scale=scale, hint=hint)


def same_subspace(value: Any, expected: ArrayLike, tolerance: float, what: str, *, hint: str = "") -> Floats:
    """Check that rows span the right space, whatever basis they are, and return them.

    Compares the orthogonal projectors onto both spans; their elements are
    numbers up to 1, whatever the scale of the rows.

    Parameters
    ----------
    value : object
        The answer, shape (n_rows, n_columns).
    expected : array-like of float, shape (n_rows, n_columns)
        Any basis of the right space.
    tolerance : float
        The difference allowed in each element of the projector.
    what : str
        Its name in messages.
    """
    right = np.asarray(expected, dtype=np.float64)
    mine = array(value, what, shape=right.shape)
    close_to(_projector(mine), _projector(right), tolerance, f"the projector onto {what}", scale=1.0, hint=hint)
    return mine


def _projector(rows: Floats) -> Floats:
    # Rows of any length are brought to length one first, so that no large one hides a small one.
    lengths = np.abs(rows).max(axis=1, keepdims=True, initial=0.0)
    unit = rows / np.where(lengths > 0, lengths, 1.0)
    _, singular, axes = np.linalg.svd(unit, full_matrices=False)
    axes = axes[singular > 1e-12 * singular.max(initial=0.0)]
    return axes.T @ axes


def same_components(
    value: Any, expected: ArrayLike, eigenvalues: ArrayLike, tolerance: float, what: str, *, hint: str = ""
) -> Floats:
    """Check the leading eigenvectors of a symmetric matrix as far as its eigenvalues determine them.

    A matrix that is off by e times its largest eigenvalue turns an eigenvector
    by about e / gap, where the gap is the distance of its eigenvalue to the
    nearest other one as a share of the largest. So the tolerance of each row
    is `tolerance` divided by its gap, and of equal eigenvalues only the space
    that their vectors span is compared; vectors that an answer breaks off
    within a run of equal ones are not.

    Parameters
    ----------
    value : object
        The answer, shape (n_components, n_features), orthonormal rows.
    expected : array-like of float, shape (at least n_components, n_features)
        The right rows, with those of the whole run that the last one belongs to.
    eigenvalues : array-like of float, shape (n_features,)
        All of them, descending.
    tolerance : float
        The accuracy that the matrix, or an iteration's last step, is known to.
    what : str
        Its name in messages.

    Notes
    -----
    Source: Davis and Kahan, "The rotation of eigenvectors by a perturbation. III" (1970).
    """
    right, spectrum = np.asarray(expected, dtype=np.float64), np.asarray(eigenvalues, dtype=np.float64)
    rows = array(value, what)
    if rows.ndim != 2 or rows.shape[1] != right.shape[1] or len(rows) > len(right):
        asked = f"(n_components, {right.shape[1]})"
        raise Finding(f"{what} has shape {rows.shape}; shape {asked} was asked for", actual=value)
    for run, gap in _runs(spectrum, len(rows)):
        if run.stop - run.start == 1:
            index = run.start
            _same_row(rows[index], right[index], tolerance / gap, f"{what}[{index}]", scale=1.0, hint=hint)
        elif run.stop <= len(rows):
            name = f"{what}[{run.start}:{run.stop}], whose eigenvalues are equal,"
            same_subspace(rows[run], right[run], tolerance / gap, name, hint=hint)
    return rows


def _runs(spectrum: Floats, count: int) -> list[tuple[slice, float]]:
    """Return runs of equal eigenvalues among the first `count`, each with its gap."""
    largest = max(float(np.abs(spectrum).max(initial=0.0)), np.finfo(float).tiny)
    breaks = np.flatnonzero(-np.diff(spectrum) > _EQUAL * largest) + 1
    edges = np.concatenate([[np.inf], spectrum, [-np.inf]]) / largest
    runs = []
    for start, stop in itertools.pairwise([0, *breaks.tolist(), len(spectrum)]):
        if start < count:
            # One eigenvalue alone has nothing to be confused with; its gap is the whole of it.
            gap = min(edges[start] - edges[start + 1], edges[stop] - edges[stop + 1], 1.0)
            runs.append((slice(start, stop), float(gap)))
    return runs
