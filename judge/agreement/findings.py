"""Findings, what a check says of a wrong answer, and the ledger of how near each comparison came to its tolerance."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from judge.report import Agreement, MetricScore

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
    """The comparisons made during one attempt; the one nearest to its tolerance is kept, and what a metric scores."""

    worst: Agreement | None = None
    errors: dict[str, Agreement] = field(default_factory=dict)
    metric: MetricScore | None = None

    def note(self, quantity: str, error: float, tolerance: float) -> None:
        """Take in one comparison."""
        # JSON has neither infinity nor NaN.
        finite = error if np.isfinite(error) else _LARGEST
        self.take(Agreement(float(np.clip(finite, -_LARGEST, _LARGEST)), tolerance, quantity))

    def take(self, made: Agreement) -> None:
        """Take in a comparison that was noted elsewhere."""
        if self.worst is None or _nearness(made) >= _nearness(self.worst):
            self.worst = made
        former = self.errors.get(made.quantity)
        if former is None or _nearness(made) >= _nearness(former):
            self.errors[made.quantity] = made

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


def note(quantity: str, error: float, tolerance: float) -> None:
    """Note how large an error was beside its tolerance, whether it passed or not."""
    current = _LEDGER.get()
    if current is not None:
        current.note(quantity, error, tolerance)


def note_metric(score: MetricScore) -> None:
    """Note what a metric scores; the last one counts."""
    current = _LEDGER.get()
    if current is not None:
        current.metric = score


def note_all(notes: Ledger) -> None:
    """Note what was collected in a ledger of its own."""
    current = _LEDGER.get()
    if current is not None:
        for made in notes.errors.values():
            current.take(made)


def place(index: Any) -> str:
    """Return how an element is written: [2, 0]."""
    return "[" + ", ".join(str(int(i)) for i in index) + "]"


def with_article(noun: str) -> str:
    """Return a noun with its article."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
