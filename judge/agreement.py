"""Checks: the words a suite states its expectations in, and the findings they raise.

Answers are converted by `array` and `number` first, so that nothing a submission
sends can make a suite stumble. Every comparison notes how large its error was
beside its tolerance, whether it passed or not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from judge.errors import SubmissionError
from judge.remote import Remote, type_name_of
from judge.report import Agreement

Kind = Literal["float", "int"]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Beyond the stated accuracy, but within this many times it, the method is right and the stopping is not.
UNDER_CONVERGED = 100.0
_LARGEST = 1e300


class Finding(Exception):
    """What a check says about an answer that is not right."""

    def __init__(self, message: str, *, actual: Any = None, expected: Any = None, hint: str = "") -> None:
        """Say what is wrong; `actual` is the answer as it came, `expected` what was allowed."""
        super().__init__(message)
        self.message = message
        self.actual = actual
        self.expected = expected
        self.hint = hint


@dataclass(slots=True)
class Ledger:
    """The comparisons made during one attempt; the one nearest to its tolerance is kept."""

    worst: Agreement | None = None
    errors: dict[str, Agreement] = field(default_factory=dict)

    def note(self, quantity: str, error: float, tolerance: float) -> None:
        """Take in one comparison."""
        # JSON has neither infinity nor NaN.
        finite = error if np.isfinite(error) else _LARGEST
        made = Agreement(float(np.clip(finite, -_LARGEST, _LARGEST)), tolerance, quantity)
        if self.worst is None or _nearness(made) >= _nearness(self.worst):
            self.worst = made
        if quantity not in self.errors or _nearness(made) >= _nearness(self.errors[quantity]):
            self.errors[quantity] = made

    def take_in(self, earlier: "Ledger") -> None:
        """Add the quantities of an earlier attempt at the same case, where they came nearer to their tolerance."""
        for quantity, made in earlier.errors.items():
            if quantity not in self.errors or _nearness(made) > _nearness(self.errors[quantity]):
                self.errors[quantity] = made


def _nearness(agreement: Agreement) -> float:
    if agreement.tolerance > 0:
        return agreement.error / agreement.tolerance
    return agreement.error - agreement.tolerance


_LEDGER: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def ledger() -> Iterator[Ledger]:
    """Collect the comparisons made inside the block."""
    made = Ledger()
    token = _LEDGER.set(made)
    try:
        yield made
    finally:
        _LEDGER.reset(token)


def _note(quantity: str, error: float, tolerance: float) -> None:
    current = _LEDGER.get()
    if current is not None:
        current.note(quantity, error, tolerance)


def array(value: Any, what: str, *, shape: tuple[int, ...] | None = None, kind: Kind = "float") -> NDArray[Any]:
    """Return an answer as float64 or int64, or raise a Finding that says what it is instead.

    Lists, tuples and any real dtype are taken; integers may come as whole
    floats. NaN, infinity, complex numbers, other shapes and ragged lists are
    findings.

    Parameters
    ----------
    value : object
        The answer as the submission gave it.
    what : str
        Its name in messages, such as ``"coef_"``.
    shape : tuple of int, optional
        The exact shape it must have.
    kind : {"float", "int"}
        What its elements must be.
    """
    made = _real_array(value, what)
    if shape is not None and made.shape != shape:
        raise Finding(f"{what} has shape {made.shape}; shape {shape} was asked for", actual=value)
    if not np.isfinite(made).all():
        bad = np.argwhere(~np.isfinite(np.atleast_1d(made)))[0]
        raise Finding(f"{what} holds {np.atleast_1d(made)[tuple(bad)]} at {_place(bad)}", actual=value)
    if kind == "int" and made.dtype.kind in "bi":
        return made.astype(np.int64)
    if kind == "int":
        whole = np.rint(made)
        if not np.array_equal(whole, made) or np.abs(whole).max(initial=0) > 2**62:
            raise Finding(f"{what} holds numbers that are not whole; integers were asked for", actual=value)
        return whole.astype(np.int64)
    return made.astype(np.float64)


def _real_array(value: Any, what: str) -> NDArray[Any]:
    if isinstance(value, Remote):
        raise Finding(f"{what} is {_an(type_name_of(value))}; numbers were asked for", actual=value)
    if value is None:
        raise Finding(f"{what} is None; numbers were asked for (is a return missing?)", actual=value)
    try:
        made = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise Finding(f"{what} is not a regular array: its rows differ in length or kind", actual=value) from None
    if made.dtype.kind == "c":
        raise Finding(f"{what} is complex; real numbers were asked for", actual=value)
    if made.dtype.kind not in "biuf":
        raise Finding(f"{what} holds {_an(made.dtype.name)}; numbers were asked for", actual=value)
    return made


def _an(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def number(value: Any, what: str) -> float:
    """Return an answer that is one number, be it a Python number, a NumPy scalar or a 0-d array."""
    made = _real_array(value, what)
    if made.size != 1 or made.ndim > 1:
        raise Finding(f"{what} has shape {made.shape}; one number was asked for", actual=value)
    single = float(made.reshape(()))
    if not np.isfinite(single):
        raise Finding(f"{what} is {single}", actual=value)
    return single


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
    _note(what, largest, tolerance)
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
    _note(what, float(wrong.sum()), 0.0)
    if wrong.any():
        _differs(value, np.atleast_1d(mine), np.atleast_1d(right), wrong, wrong.astype(float), None, what, hint)


def _differs(value: Any, mine: Any, right: Any, wrong: Any, error: Any, allowed: Any, what: str, hint: str) -> NoReturn:
    place = np.unravel_index(int(np.argmax(error)), error.shape)
    yours, wanted = mine[place].item(), right[place].item()
    where = f" at {_place(place)}" if mine.size > 1 else ""
    count = (
        f"{int(wrong.sum())} of {mine.size} values of {what} differ; the worst is{where}: "
        if mine.size > 1
        else f"{what}: "
    )
    within = f" (within {allowed[place]:.3g})" if allowed is not None else ""
    told = f"yours {_short(yours, wanted)}, expected {_short(wanted, yours)}"
    raise Finding(f"{count}{told}{within}", actual=value, expected=right, hint=hint)


def _short(value: float, beside: float) -> str:
    """Return a number in eight digits, or in all of them where eight do not tell it from the other."""
    return f"{value:.8g}" if f"{value:.8g}" != f"{beside:.8g}" else repr(value)


def _place(index: Any) -> str:
    return "[" + ", ".join(str(int(i)) for i in index) + "]"


def gap_at_most(gap: float, stated: float, what: str, *, hint: str = "") -> None:
    """Check an optimality gap (a number, 0 at the optimum) against the accuracy that the statement asks for.

    Up to `UNDER_CONVERGED` times the stated number is a finding of its own: the
    method converges, and was stopped too early.
    """
    _note(what, float(gap), stated)
    if gap <= stated:
        return
    if gap <= UNDER_CONVERGED * stated:
        raise Finding(
            f"under-converged: {what} is {gap:.3g}, at most {stated:.3g} was asked for. "
            "The method looks right and stops too early",
            hint="Run more iterations, or stop on a tighter criterion.",
        )
    raise Finding(f"{what} is {gap:.3g}; at most {stated:.3g} was asked for", hint=hint)


def at_most(value: float, bound: float, what: str, *, hint: str = "") -> None:
    """Check that a number computed from answers is at most `bound`."""
    _note(what, float(value), bound)
    if not value <= bound:
        raise Finding(f"{what} is {value:.6g}; at most {bound:.6g} is allowed", hint=hint)


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
            raise Finding(f"it raised {error}; {_an(exception.__name__)} was asked for", hint=hint) from error
        return
    raise Finding(f"it raised nothing; {_an(exception.__name__)} was asked for", hint=hint)
