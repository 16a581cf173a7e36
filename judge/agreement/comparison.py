"""Compares an answer with the right one, or a number computed from answers with what is allowed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from judge.agreement.conversion import array, number
from judge.agreement.findings import Finding, ledger, note, note_all, place, with_article
from judge.errors import SubmissionError

# Beyond the stated accuracy, but within this many times it, the method is right and the stopping is not.
UNDER_CONVERGED = 100.0


def close_to(
    value: Any,
    expected: ArrayLike,
    tolerance: float,
    what: str,
    *,
    scale: ArrayLike | None = None,
    hint: str = "",
) -> None:
    """Check that an answer differs from `expected` by at most `tolerance` times `scale`.

    `scale` defaults to the largest absolute value of `expected`, and may be an
    array of the same shape. The shape must be exactly that of `expected`.
    """
    right = np.asarray(expected, dtype=np.float64)
    mine = number(value, what) if right.ndim == 0 else array(value, what, shape=right.shape)
    unit = np.broadcast_to(
        np.abs(right).max(initial=0.0) if scale is None else np.asarray(scale, dtype=float), right.shape
    )
    # A scale of zero asks for equality, which 0/0 would not express.
    error = np.atleast_1d(np.abs(mine - right) / np.where(unit > 0, unit, np.finfo(float).tiny))
    largest = float(error.max(initial=0.0))
    note(what, largest, tolerance)
    if largest > tolerance:
        allowed = tolerance * np.atleast_1d(unit)
        _differs(value, np.atleast_1d(mine), np.atleast_1d(right), error > tolerance, error, allowed, what, hint)


def equal_to(
    value: Any,
    expected: ArrayLike,
    what: str,
    *,
    where: NDArray[np.bool_] | None = None,
    hint: str = "",
) -> None:
    """Check whole numbers for equality; `where` leaves out positions with more than one right answer."""
    right = np.asarray(expected, dtype=np.int64)
    mine = array(value, what, shape=right.shape, kind="int")
    wrong = np.atleast_1d((mine != right) & (True if where is None else where))
    note(what, float(wrong.sum()), 0.0)
    if wrong.any():
        _differs(value, np.atleast_1d(mine), np.atleast_1d(right), wrong, wrong.astype(float), None, what, hint)


def _differs(value: Any, mine: Any, right: Any, wrong: Any, error: Any, allowed: Any, what: str, hint: str) -> NoReturn:
    worst = np.unravel_index(int(np.argmax(error)), error.shape)
    yours, wanted = mine[worst].item(), right[worst].item()
    where = f" at {place(worst)}" if mine.size > 1 else ""
    count = (
        f"{int(wrong.sum())} of {mine.size} values of {what} differ; the worst is{where}: "
        if mine.size > 1
        else f"{what}: "
    )
    within = f" (within {allowed[worst]:.3g})" if allowed is not None else ""
    told = f"yours {_short(yours, wanted)}, expected {_short(wanted, yours)}"
    raise Finding(f"{count}{told}{within}", actual=value, expected=right, hint=hint)


def _short(value: float, beside: float) -> str:
    """Return a number in eight digits, or in all of them where eight do not tell it from the other."""
    return f"{value:.8g}" if f"{value:.8g}" != f"{beside:.8g}" else repr(value)


def one_of(
    value: Any, labels: ArrayLike, allowed: NDArray[np.bool_], what: str, *, expected: ArrayLike, hint: str = ""
) -> None:
    """Check that each whole number of an answer is one of several right ones.

    Parameters
    ----------
    value : object
        The answer, shape (n_samples,).
    labels : array-like of int, shape (n_labels,)
        All that can be answered.
    allowed : ndarray of bool, shape (n_samples, n_labels)
        Which of them are right for each sample, where a rule leaves a choice: tied splits, equal distances.
    what : str
        Its name in messages.
    expected : array-like of int, shape (n_samples,)
        One right answer for each sample, to be shown.
    """
    mine = array(value, what, shape=(len(allowed),), kind="int")
    is_right = ((mine[:, None] == np.asarray(labels)) & allowed).any(axis=1)
    equal_to(value, np.where(is_right, mine, expected), what, hint=hint)


def any_of(*checks: Callable[[], None]) -> None:
    """Run checks until one passes; where none does, the first one's finding stands.

    For answers that have several right forms, such as either end of a path.
    """
    first: Finding | None = None
    for check in checks:
        with ledger() as notes:
            try:
                check()
            except Finding as finding:
                if first is None:
                    first, first_notes = finding, notes
                continue
        note_all(notes)
        return
    if first is not None:
        note_all(first_notes)
        raise first


def gap_at_most(gap: float, stated: float, what: str, *, hint: str = "") -> None:
    """Check an optimality gap (a number, 0 at the optimum) against the accuracy that the statement asks for.

    Up to `UNDER_CONVERGED` times the stated number is a finding of its own: most
    often the method converges, and was stopped too early.
    """
    note(what, float(gap), stated)
    if gap <= stated:
        return
    if gap <= UNDER_CONVERGED * stated:
        raise Finding(
            f"under-converged: {what} is {gap:.3g}, at most {stated:.3g} was asked for. "
            "It stops too early, or minimises something a little different",
            hint="Run more iterations, or stop on a tighter criterion. Where that changes nothing, compare what you "
            "minimise with the statement, term by term.",
        )
    raise Finding(f"{what} is {gap:.3g}; at most {stated:.3g} was asked for", hint=hint)


def as_many(given: int, expected: int, what: str, *, hint: str = "") -> None:
    """Check a count: how many there are of something that an answer lists."""
    note(what, float(abs(given - expected)), 0.0)
    if given != expected:
        raise Finding(f"{what}: yours {given}, expected {expected}", hint=hint)


def at_most(value: float, bound: float, what: str, *, hint: str = "") -> None:
    """Check that a number computed from answers is at most `bound`."""
    note(what, float(value), bound)
    if not value <= bound:
        allowed = f"at most {bound:.6g} is allowed" if bound else "it must be 0"
        raise Finding(f"{what} is {value:.6g}; {allowed}", hint=hint)


def that(is_so: object, message: str, *, actual: Any = None, hint: str = "") -> None:
    """Check anything else for truth; `message` says what is wrong when it is not so."""
    if not is_so:
        raise Finding(message, actual=actual, hint=hint)


@contextmanager
def raises(exception: type[Exception], *, hint: str = "") -> Iterator[None]:
    """Check that the submission raises an exception of this type inside the block."""
    try:
        yield
    except SubmissionError as error:
        if exception.__name__ not in error.bases:
            wanted = with_article(exception.__name__)
            raise Finding(f"it raised {error}; {wanted} was asked for", hint=hint) from error
        return
    raise Finding(f"it raised nothing; {with_article(exception.__name__)} was asked for", hint=hint)
