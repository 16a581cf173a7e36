"""Common clauses: what every problem expects of every solution, as cases made from one description.

Inputs are left alone, answers are finite and of the right shape, equal calls
give equal answers, fitting again forgets, models do not know of one another, a
row is answered by itself, and float32, Fortran-ordered and read-only inputs are
taken. A problem opts out of a clause with a reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from judge import datasets
from judge.agreement import array, close_to, that
from judge.attempts import COPY_HINT, refuse_changes
from judge.errors import ProblemError
from judge.remote import changed_arguments
from judge.suite import Case

Array = NDArray[Any]
Inputs = tuple[Any, ...]
Answers = dict[str, Array]

# Equal arithmetic on equal numbers: only alignment and the order of summation may differ.
_EQUAL = 1e-9
# … except that answers in float32 differ by some of its eps, 1.2e-7.
_EQUAL_FLOAT32 = 1e-5
# Inputs in float32: honest code loses a few digits more on data of condition 1e2 or less.
_FLOAT32 = 1e-3


@dataclass(frozen=True, slots=True)
class Description:
    """How the clauses exercise a problem.

    `inputs(rng)` returns the arguments of `fit`, dyadic numbers with every
    answer well determined. `fit(submission, *inputs)` returns a model, or the
    answer of a function. `answers(model, *inputs)` returns named arrays,
    converted by `judge.agreement`. `rows` names methods that answer each row of
    the first input. `refit(model, *inputs)` fits a model again. `others` are
    inputs of another size or with other labels, for the fits that must leave no
    trace; without it they are of the same kind.
    """

    inputs: Callable[[np.random.Generator], Inputs]
    fit: Callable[..., Any]
    answers: Callable[..., Answers]
    rows: tuple[str, ...] = ()
    refit: Callable[..., Any] | None = None
    others: Callable[[np.random.Generator], Inputs] | None = None
    float32_tolerance: float = _FLOAT32


def common_clauses(description: Description, leave_out: Mapping[str, str] | None = None) -> list[Case]:
    """Return the clauses as cases; `leave_out` maps a clause's name to the reason why it does not hold here."""
    left_out = dict(leave_out or {})
    made = [
        Case(
            _bound(clause, description),
            clause.__name__,
            (clause.__doc__ or "").split("\n")[0],
            "edge",
            hint,
            leaves_inputs_alone=clause is test_inputs_are_left_alone,
        )
        for clause, hint in _CLAUSES.items()
        if clause.__name__ not in left_out and _applies(clause.__name__, description)
    ]
    unknown = set(left_out) - {clause.__name__ for clause in _CLAUSES}
    if unknown or not all(left_out.values()):
        raise ProblemError(f"leave_out names {sorted(unknown) or 'a clause without a reason'}")
    return made


def clause_names() -> frozenset[str]:
    """Return the names of all common clauses."""
    return frozenset(clause.__name__ for clause in _CLAUSES)


def _applies(name: str, description: Description) -> bool:
    if name == test_a_row_is_answered_by_itself.__name__:
        return bool(description.rows)
    is_about_models = name in (test_fitting_again_forgets.__name__, test_another_model_changes_nothing.__name__)
    return not is_about_models or description.refit is not None


def _bound(clause: Callable[..., None], description: Description) -> Callable[..., None]:
    def run(submission: Any, rng: np.random.Generator) -> None:
        clause(submission, rng, description)

    return run


def test_inputs_are_left_alone(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Arguments are not changed, here and in every other case"""
    inputs = it.inputs(rng)
    model = it.fit(submission, *inputs)
    it.answers(model, *inputs)
    for method in it.rows:
        getattr(model, method)(inputs[0])
    refuse_changes(changed_arguments(submission))


def test_answers_are_finite_and_in_shape(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Answers are real, finite and of the shape asked for"""
    inputs = it.inputs(rng)
    it.answers(it.fit(submission, *inputs), *inputs)


def test_equal_calls_give_equal_answers(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Calling twice with the same data gives the same answers"""
    inputs = it.inputs(rng)
    first = it.answers(it.fit(submission, *inputs), *inputs)
    second = it.answers(it.fit(submission, *inputs), *inputs)
    _compare(second, first, _EQUAL, "the second time")


def test_fitting_again_forgets(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Fitting a model again on other data forgets the first"""
    if it.refit is None:
        return
    inputs, others = it.inputs(rng), (it.others or it.inputs)(rng)
    fresh = it.answers(it.fit(submission, *inputs), *inputs)
    used = it.fit(submission, *others)
    it.answers(used, *others)
    it.refit(used, *inputs)
    _compare(it.answers(used, *inputs), fresh, _EQUAL, "after fitting again")


def test_another_model_changes_nothing(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """A model answers as before when another one has been fitted"""
    inputs, others = it.inputs(rng), (it.others or it.inputs)(rng)
    model = it.fit(submission, *inputs)
    before = it.answers(model, *inputs)
    other = it.fit(submission, *others)
    it.answers(other, *others)
    _compare(it.answers(model, *inputs), before, _EQUAL, "after another model was fitted")


def test_a_row_is_answered_by_itself(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """The answer for a row does not depend on the rows beside it"""
    inputs = it.inputs(rng)
    model = it.fit(submission, *inputs)
    for method in it.rows:
        together = array(getattr(model, method)(inputs[0]), f"{method}(X)")
        that(
            together.shape[:1] == (len(inputs[0]),),
            f"{method}(X) has shape {together.shape}, not one entry for each row",
        )
        for index in (0, len(inputs[0]) - 1):
            alone = getattr(model, method)(inputs[0][index : index + 1])
            what = f"{method}(X[{index}:{index + 1}])"
            close_to(alone, together[index : index + 1], _equal_for(alone), what, scale=_scale(together))


def test_float32_inputs_are_taken(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """float32 arrays give the answers of the same numbers in float64"""
    _with_inputs_as(submission, rng, it, datasets.float32, it.float32_tolerance, "for float32 input")


def test_fortran_order_is_taken(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Arrays in Fortran order give the same answers"""
    _with_inputs_as(submission, rng, it, datasets.fortran, _EQUAL, "for Fortran-ordered input")


def test_read_only_inputs_are_taken(submission: Any, rng: np.random.Generator, it: Description) -> None:
    """Arrays that may not be written to give the same answers"""
    _with_inputs_as(submission, rng, it, datasets.read_only, _EQUAL, "for read-only input")


_CLAUSES: dict[Callable[..., None], str] = {
    test_inputs_are_left_alone: COPY_HINT,
    test_answers_are_finite_and_in_shape: "Compare the shapes with those in the statement.",
    test_equal_calls_give_equal_answers: "Use no random numbers, and keep nothing between calls.",
    test_fitting_again_forgets: "fit must set everything anew, and must not start from an earlier result.",
    test_another_model_changes_nothing: "Keep what a model knows in self, not in the class or the module.",
    test_a_row_is_answered_by_itself: "Compute statistics in fit, never from the data to be predicted.",
    test_float32_inputs_are_taken: "Convert with np.asarray(X, dtype=float) first.",
    test_fortran_order_is_taken: "Do not rely on the order of an array's memory.",
    test_read_only_inputs_are_taken: "Copy an array before you change it.",
}


def _with_inputs_as(
    submission: Any,
    rng: np.random.Generator,
    it: Description,
    convert: Callable[[Array], Array],
    tolerance: float,
    when: str,
) -> None:
    inputs = it.inputs(rng)
    plain = it.answers(it.fit(submission, *inputs), *inputs)
    converted = tuple(convert(value) if _is_float_array(value) else value for value in inputs)
    _compare(it.answers(it.fit(submission, *converted), *converted), plain, tolerance, when)


def _is_float_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _compare(mine: Answers, right: Answers, tolerance: float, when: str) -> None:
    for name, expected in right.items():
        close_to(mine[name], expected, tolerance, f"{name} {when}", scale=_scale(expected))


def _equal_for(answer: Any) -> float:
    return _EQUAL_FLOAT32 if getattr(answer, "dtype", None) == np.float32 else _EQUAL


def _scale(expected: Array) -> float:
    return max(float(np.abs(expected).max(initial=0.0)), 1e-9)
