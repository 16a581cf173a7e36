"""Converts answers, so that nothing a submission sends can make a suite stumble: the rest is a finding."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from judge.agreement.findings import Finding, place, with_article
from judge.remote import Remote, type_name_of

Kind = Literal["float", "int"]

# Squares of such numbers, and sums of them, are far from the largest float64.
_MODERATE = 1e100


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
    made = real_array(value, what, shape)
    if not np.isfinite(made).all():
        bad = np.argwhere(~np.isfinite(np.atleast_1d(made)))[0]
        raise Finding(f"{what} holds {np.atleast_1d(made)[tuple(bad)]} at {place(bad)}", actual=value)
    if kind == "int" and made.dtype.kind in "bi":
        return made.astype(np.int64)
    if kind == "int":
        whole = np.rint(made)
        if not np.array_equal(whole, made) or np.abs(whole).max(initial=0) > 2**62:
            raise Finding(f"{what} holds numbers that are not whole; integers were asked for", actual=value)
        return whole.astype(np.int64)
    return made.astype(np.float64)


def real_array(value: Any, what: str, shape: tuple[int, ...] | None = None) -> NDArray[Any]:
    """Return an answer as an array of real numbers, which may still be infinite or NaN."""
    if isinstance(value, Remote):
        raise Finding(f"{what} is {with_article(type_name_of(value))}; numbers were asked for", actual=value)
    if value is None:
        raise Finding(f"{what} is None; numbers were asked for (is a return missing?)", actual=value)
    try:
        made = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise Finding(f"{what} is not a regular array: its rows differ in length or kind", actual=value) from None
    if made.dtype.kind == "c":
        raise Finding(f"{what} is complex; real numbers were asked for", actual=value)
    if made.dtype.kind not in "biuf":
        raise Finding(f"{what} holds {with_article(made.dtype.name)}; numbers were asked for", actual=value)
    if shape is not None and made.shape != shape:
        raise Finding(f"{what} has shape {made.shape}; shape {shape} was asked for", actual=value)
    return made


def number(value: Any, what: str) -> float:
    """Return an answer that is one number, be it a Python number, a NumPy scalar or a 0-d array."""
    made = real_array(value, what)
    if made.size != 1 or made.ndim > 1:
        raise Finding(f"{what} has shape {made.shape}; one number was asked for", actual=value)
    single = float(made.reshape(()))
    if not np.isfinite(single):
        raise Finding(f"{what} is {single}", actual=value)
    return single


def moderate(what: str, result: str, *answers: Any) -> None:
    """Check that answers, converted before, are small enough for what is computed from them to be a number."""
    largest = max(float(np.abs(answer).max()) for answer in answers)
    if not largest < _MODERATE:
        raise Finding(f"{what} are so large that the {result}", actual=answers[0])


def parts(value: Any, names: tuple[str, ...], what: str) -> tuple[Any, ...]:
    """Return the parts of an answer that holds several, such as (loss, grad), as they came.

    A tuple, a list, or an array whose first axis is as long as `names`, will do.
    """
    asked = f"({', '.join(names)})"
    is_sequence = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim > 0)
    if not is_sequence:
        raise Finding(f"{what} did not return {len(names)} values; {asked} was asked for", actual=value)
    if len(value) != len(names):
        raise Finding(f"{what} returned {len(value)} values; {asked} was asked for", actual=value)
    return tuple(value)


def entries(value: Any, names: tuple[str, ...], what: str) -> dict[str, Any]:
    """Return the entries of an answer that is a dict, as they came; it may hold others too."""
    if not isinstance(value, dict):
        raise Finding(f"{what} returned no dict", actual=value)
    missing = [name for name in names if name not in value]
    if missing:
        raise Finding(f"{what} returned no {', '.join(map(repr, missing))}", actual=value)
    return {name: value[name] for name in names}


def fitted(model: Any, *training: Any) -> Any:
    """Fit a model and return what `fit` returned, which must be an object that calls can go on with."""
    if not isinstance(model, Remote):
        raise Finding("the class made no object with methods", actual=model)
    returned = model.fit(*training)
    if not isinstance(returned, Remote):
        raise Finding("fit must return self", actual=returned, hint="End fit with `return self`.")
    return returned
