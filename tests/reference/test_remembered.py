"""An answer is kept for equal arguments, and for no others."""

import numpy as np
import pytest
from numpy.typing import NDArray

from reference.remembered import remembered

calls: list[float] = []


@remembered
def total(X: NDArray[np.generic], factor: float = 1.0, *, start: float = 0.0) -> float:
    """Return a number that depends on all arguments."""
    calls.append(factor)
    return start + factor * float(X.astype(float).sum())


@pytest.fixture(autouse=True)
def _begin() -> None:
    calls.clear()


def test_equal_contents_are_calculated_once() -> None:
    """Another array that holds the same gets the answer that is there."""
    X = np.random.default_rng(0).normal(size=(3, 2))
    assert total(X, 2.0, start=1.0) == total(X.copy(), 2.0, start=1.0)
    assert len(calls) == 1


def test_an_array_that_was_changed_is_another_one() -> None:
    """What counts is what an array holds at the time of the call."""
    X = np.random.default_rng(1).normal(size=(3, 2))
    before = total(X)
    X[0, 0] += 1.0
    assert total(X) == pytest.approx(before + 1.0)
    assert len(calls) == 2


def test_shape_type_and_other_arguments_count() -> None:
    """Equal bytes in another shape or type, and other numbers, are asked for by themselves."""
    X = np.random.default_rng(2).normal(size=(3, 2))
    for asked in (X, X.reshape(2, 3), X.view(np.int64), X.astype(">f8").view("<f8")):
        total(asked)
    total(X, 3.0)
    total(X, start=3.0)
    assert len(calls) == 6


def test_only_the_last_answers_are_kept() -> None:
    """After many others the first is calculated again."""
    arrays = [np.full(2, float(i) + 0.5) for i in range(50)]
    for X in (*arrays, arrays[0]):
        total(X)
    assert len(calls) == 51
