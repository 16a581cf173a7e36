"""Suites: what a problem's `suite.py` is written with, and how its cases are found.

A case is a function whose name begins with `test_`, marked with its group:

    @case("agreement", sizes=(6, 40), hint="Centre X and y first.")
    def test_the_intercept_is_not_penalised(submission, rng, size):
        \"\"\"A huge alpha leaves the mean of y as the intercept.\"\"\"

`rng` is the case's own generator. With `sizes` the case runs once for each,
small to large, and the first that fails is what the user sees. With `given`
Hypothesis draws the further arguments and shrinks a failure. A race is a
case that is timed against the rival and returns the values to compare.

A suite may declare one picture, a function of axes and answers, which is drawn
where a picture says more than numbers (see `judge.pictures`):

    @picture
    def clusters(axes, answers):
        \"\"\"Samples by label, centres as crosses\"\"\"
        X = answers.given("fit", 0)
        axes.scatter(X[:, 0], X[:, 1], c=answers["labels_"])
"""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from judge.errors import ProblemError
from judge.problem import GROUPS

Function = Callable[..., Any]
Strategies = Callable[[Any], dict[str, Any]]
Comparison = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One hidden test. `given` makes Hypothesis strategies; `limit` and `agree` belong to a race.

    Where `leaves_inputs_alone`, its calls must not change what they are given.
    """

    function: Function
    name: str
    title: str
    group: str
    hint: str = ""
    sizes: tuple[int, ...] = ()
    given: Strategies | None = None
    examples: int = 25
    limit: float | None = None
    agree: Comparison | None = None
    leaves_inputs_alone: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What a suite draws of a case."""

    function: Function
    title: str


@dataclass(frozen=True, slots=True)
class Suite:
    """The hidden cases of a problem, in the order in which they run, and its picture if it has one."""

    cases: list[Case]
    picture: Picture | None


def case(
    group: str,
    *,
    hint: str = "",
    sizes: tuple[int, ...] = (),
    given: Strategies | None = None,
    examples: int = 25,
) -> Callable[[Function], Case]:
    """Mark a function as a case of a group; see the module's text for what the rest does."""

    def mark(function: Function) -> Case:
        return Case(function, function.__name__, _title(function), group, hint, sizes, given, examples)

    return mark


def race(limit: float, *, agree: Comparison, hint: str = "") -> Callable[[Function], Case]:
    """Mark a function `(contender, rng)` as a timed case.

    It is called on the submission and on the rival with equal generators, and
    returns the values that `agree(submission's, rival's)` compares. `limit` is
    the CPU time allowed, as a multiple of the rival's.
    """

    def mark(function: Function) -> Case:
        title = _title(function)
        return Case(function, function.__name__, title, "runtime", hint, limit=limit, agree=agree)

    return mark


def picture(function: Function) -> Picture:
    """Mark a function `(axes, answers)` as the suite's picture; its docstring's first line is the title."""
    return Picture(function, _title(function))


def _title(function: Function) -> str:
    return (function.__doc__ or "").strip().split("\n")[0]


def load_suite(path: Path) -> Suite:
    """Run a `suite.py` and return its cases, by group and then as they stand in it, and its picture.

    Raises ProblemError when the suite does not load or a case is not well formed.
    """
    name = f"suite_of_{path.parent.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.exists():
        raise ProblemError(f"{path}: there is no suite here")
    module = importlib.util.module_from_spec(spec)
    # A suite may hold dataclasses, which look their module up by name.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ProblemError(f"{path}: the suite does not load: {type(error).__name__}: {error}") from error
    pictures = [value for value in vars(module).values() if isinstance(value, Picture)]
    if len(pictures) > 1:
        raise ProblemError(f"{path}: there is more than one picture in it")
    cases = _in_order(path, list(_cases(vars(module).values())))
    return Suite(_alike(cases), pictures[0] if pictures else None)


def _cases(values: Iterable[Any]) -> Iterable[Case]:
    for value in values:
        if isinstance(value, Case):
            yield value
        elif isinstance(value, list) and value and all(isinstance(item, Case) for item in value):
            yield from value


def _alike(cases: list[Case]) -> list[Case]:
    """Where one case demands that inputs are left alone, all do: a branch that changes them may be reached anywhere."""
    are_guarded = any(one.leaves_inputs_alone for one in cases)
    return [replace(one, leaves_inputs_alone=are_guarded) for one in cases]


def _in_order(path: Path, cases: list[Case]) -> list[Case]:
    for one in cases:
        if one.group not in GROUPS:
            raise ProblemError(
                f"{path}: {one.name}: there is no group {one.group!r}; the groups are {', '.join(GROUPS)}"
            )
        if not one.title:
            raise ProblemError(f"{path}: {one.name}: it has no docstring; its first line is the case's title")
    names = [one.name for one in cases]
    doubles = {name for name in names if names.count(name) > 1}
    if doubles or not cases:
        raise ProblemError(f"{path}: {f'{min(doubles)} is there twice' if doubles else 'there are no cases in it'}")
    return sorted(cases, key=lambda one: GROUPS.index(one.group))
