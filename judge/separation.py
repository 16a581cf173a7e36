"""How far right and wrong are apart: the largest error of accepted solutions beside the least of those that fail by it.

Errors are in units of their tolerance, since one quantity may be compared under
several. Exact comparisons, which allow nothing, separate by themselves.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from judge.report import Report

ENOUGH = 100.0


@dataclass(frozen=True, slots=True)
class Separation:
    """One quantity: errors over tolerances, and which wrong solution is the nearest to being accepted."""

    quantity: str
    good: float
    bad: float
    nearest: str

    @property
    def ratio(self) -> float:
        """Return how many times the least wrong error is the largest right one."""
        return self.bad / self.good if self.good > 0 else math.inf

    @property
    def is_enough(self) -> bool:
        """Tell whether there is room for solutions that nobody has written yet."""
        return self.ratio >= ENOUGH


@dataclass(slots=True)
class Separations:
    """The errors that a problem's trials showed, by quantity."""

    _good: dict[str, float] = field(default_factory=dict)
    _bad: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def take_in_accepted(self, report: Report) -> None:
        """Add the errors of an accepted solution."""
        for quantity, error in _errors(report).items():
            self._good[quantity] = max(error, self._good.get(quantity, 0.0))

    def take_in_wrong(self, title: str, report: Report) -> None:
        """Add the errors of a wrong solution on one seed; the case that shows a quantity best counts for it."""
        for quantity, error in _errors(report).items():
            if error > 1.0:
                self._bad[quantity][title] = min(error, self._bad[quantity].get(title, math.inf))

    def all(self) -> Iterator[Separation]:
        """Yield the quantities that some wrong solution fails by, the nearest first."""
        made = []
        for quantity, by_solution in self._bad.items():
            title = min(by_solution, key=by_solution.__getitem__)
            made.append(Separation(quantity, self._good.get(quantity, 0.0), by_solution[title], title))
        yield from sorted(made, key=lambda one: one.ratio)


def _errors(report: Report) -> dict[str, float]:
    errors: dict[str, float] = {}
    for case in report.cases:
        for made in case.agreements:
            if made.tolerance > 0:
                errors[made.quantity] = max(made.error / made.tolerance, errors.get(made.quantity, 0.0))
    return errors
