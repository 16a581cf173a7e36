"""How far right and wrong are apart: the largest error of accepted solutions beside the least of those that fail by it.

Errors are in units of their tolerance, since one quantity may be compared under
several. Exact comparisons, which allow nothing, separate by themselves. Where
the two are near, `separation.toml` beside the suite says why that is enough.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from judge.problem import Problem, Text
from judge.report import Report

FILE = "separation.toml"
ENOUGH = 100.0


class Near(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quantity of which right and wrong may be as little as `apart` times apart, and the reason."""

    quantity: Text
    apart: Annotated[float, msgspec.Meta(gt=1, lt=ENOUGH)]
    reason: Text


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

    def __str__(self) -> str:
        return (
            f"{self.quantity}: accepted solutions reach {self.good:.2g} of the tolerance, "
            f"{self.nearest} {self.bad:.3g} times it: {self.ratio:.3g} times apart"
        )


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

    def unexplained(self, near: dict[str, Near]) -> Iterator[str]:
        """Yield a defect for every quantity that leaves too little room for solutions that nobody has written yet."""
        compared = {one.quantity: one for one in self.all()}
        for quantity, one in compared.items():
            least = near[quantity].apart if quantity in near else ENOUGH
            if one.ratio < least:
                yield f"{one}, and {least:g} is the least; say in {FILE} why less is enough"
        for quantity in near.keys() - compared.keys():
            yield f"{FILE}: nothing wrong fails by {quantity!r}; take it out"


def near_quantities(problem: Problem) -> dict[str, Near]:
    """Return the quantities that a problem's file names, none where there is no file.

    Raises ProblemError for one that cannot be read.
    """
    return {entry.quantity: entry for entry in problem.entries(FILE, Near).get("near", [])}


def _errors(report: Report) -> dict[str, float]:
    errors: dict[str, float] = {}
    for case in report.cases:
        for made in case.agreements:
            if made.tolerance > 0:
                errors[made.quantity] = max(made.error / made.tolerance, errors.get(made.quantity, 0.0))
    return errors
