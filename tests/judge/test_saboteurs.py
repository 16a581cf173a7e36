"""Saboteurs: each breaks the clause that it is the enemy of and nothing before it, and garbage trips no check."""

import runpy
from dataclasses import dataclass, field

import numpy as np
import pytest

from judge.agreement import Finding, array
from judge.clauses import Description, clause_names, common_clauses
from judge.errors import SubmissionError
from judge.saboteurs import clause_breakers, garbage

SOURCE = '''
"""An accepted solution."""

import numpy as np


class Scaler:
    def __init__(self, ddof=0):
        self.ddof = ddof

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_, self.scale_ = X.mean(axis=0), X.std(axis=0, ddof=self.ddof)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_


def column_range(X):
    X = np.asarray(X, dtype=float)
    return X.min(axis=0), X.max(axis=0)
'''
ENTRY_POINTS = ("Scaler", "column_range")

BREAKS = {
    "changes_its_inputs": "test_inputs_are_left_alone",
    "answers_nan": "test_answers_are_finite_and_in_shape",
    "answers_with_one_axis_more": "test_answers_are_finite_and_in_shape",
    "answers_anew_each_time": "test_equal_calls_give_equal_answers",
    "keeps_its_first_fit": "test_fitting_again_forgets",
    "shares_its_state": "test_another_model_changes_nothing",
    "looks_at_the_rows_beside": "test_a_row_is_answered_by_itself",
    "refuses_float32": "test_float32_inputs_are_taken",
    "refuses_fortran_order": "test_fortran_order_is_taken",
    "refuses_read_only": "test_read_only_inputs_are_taken",
}
BREAKERS = dict(clause_breakers(SOURCE, ENTRY_POINTS))
GARBAGE = dict(garbage(SOURCE, ENTRY_POINTS))


@dataclass
class Talk:
    """The part of a conversation that clauses ask for."""

    changed: set[str] = field(default_factory=set)


class FakeSubmission:
    """Calls a module's names in this process the way a jail would: with copies, and with its exceptions as data."""

    def __init__(self, names):
        self._conversation = Talk()
        self._names = names

    def __getattr__(self, name):
        return FakeObject(self._names[name], self._conversation)


class FakeObject:
    """Stands before an object of this process."""

    def __init__(self, inner, talk):
        self._inner, self._talk = inner, talk

    def __getattr__(self, name):
        value = answered(lambda: getattr(self._inner, name))
        return FakeObject(value, self._talk) if callable(value) else value

    def __call__(self, *args):
        copies = [sent(arg) for arg in args]
        before = [copy.tobytes() for copy in copies]
        result = answered(lambda: self._inner(*copies))
        self._talk.changed |= {str(i) for i, copy in enumerate(copies) if copy.tobytes() != before[i]}
        return FakeObject(result, self._talk) if hasattr(result, "fit") else result


def answered(ask):
    try:
        return ask()
    except Exception as error:
        raise SubmissionError(type(error).__name__, (), str(error), ()) from error


def sent(value):
    copy = value.copy(order="K")
    copy.flags.writeable = value.flags.writeable
    return copy


def draw(rng):
    return (np.rint(rng.normal(size=(12, 3)) * 64) / 64,)


CLAUSES = {
    one.name: one.function
    for one in common_clauses(
        Description(
            inputs=draw,
            fit=lambda submission, X: submission.Scaler().fit(X),
            answers=lambda model, X: {
                "mean_": array(model.mean_, "mean_", shape=(3,)),
                "transform(X)": array(model.transform(X), "transform(X)", shape=X.shape),
            },
            rows=("transform",),
            refit=lambda model, X: model.fit(X),
        )
    )
}


@pytest.fixture(autouse=True)
def _as_in_the_grader():
    """Let absurd numbers overflow silently, as a grader does."""
    with np.errstate(all="ignore"):
        yield


@pytest.fixture
def loaded(tmp_path):
    """Return a function that runs a source in this process; the sources here are our own."""

    def load(source: str) -> FakeSubmission:
        (tmp_path / "solution.py").write_text(source, encoding="utf-8")
        return FakeSubmission(runpy.run_path(str(tmp_path / "solution.py")))

    return load


def is_passed(clause: str, submission) -> bool:
    try:
        CLAUSES[clause](submission, np.random.default_rng(0))
    except (Finding, SubmissionError):
        return False
    return True


@pytest.mark.parametrize("clause", CLAUSES)
def test_the_solution_behind_the_saboteurs_is_honest(loaded, clause):
    """What is spoiled below passes every clause before."""
    assert is_passed(clause, loaded(SOURCE))


@pytest.mark.parametrize("name", BREAKERS)
def test_a_saboteur_breaks_its_clause(loaded, name):
    """Each fails the very clause that it is the enemy of."""
    assert not is_passed(BREAKS[name], loaded(BREAKERS[name]))


def test_every_clause_has_a_saboteur():
    """A problem's verification proves each common clause by at least one."""
    assert set(BREAKS) == set(BREAKERS)
    assert set(BREAKS.values()) == clause_names() == set(CLAUSES)


@pytest.mark.parametrize("name", ["changes_its_inputs", "keeps_its_first_fit", "looks_at_the_rows_beside"])
def test_a_saboteur_answers_rightly_where_its_clause_does_not_look(loaded, name):
    """A single fit on plain arrays gives the right answers, so that only the clause can tell."""
    assert is_passed("test_answers_are_finite_and_in_shape", loaded(BREAKERS[name]))
    X = draw(np.random.default_rng(1))[0]
    model = loaded(BREAKERS[name]).Scaler().fit(X)
    np.testing.assert_allclose(model.mean_, X.mean(axis=0))


@pytest.mark.parametrize("name", ["refuses_float32", "refuses_fortran_order", "refuses_read_only"])
def test_a_refusing_saboteur_takes_everything_else(loaded, name):
    """It fails its own clause of the three about arrays, and passes the others."""
    submission = loaded(BREAKERS[name])
    arrays = ["test_float32_inputs_are_taken", "test_fortran_order_is_taken", "test_read_only_inputs_are_taken"]
    assert [clause for clause in arrays if not is_passed(clause, submission)] == [BREAKS[name]]
    with pytest.raises(SubmissionError, match="not welcome"):
        CLAUSES[BREAKS[name]](submission, np.random.default_rng(0))


def test_functions_are_spoiled_as_classes_are(loaded):
    """An entry point that is a function answers through the same hooks, tuples element by element."""
    X = np.array([[1.0, 5.0], [3.0, 4.0]])
    low, high = loaded(SOURCE).column_range(X)
    assert (low.tolist(), high.tolist()) == ([1.0, 4.0], [3.0, 5.0])
    low, high = loaded(BREAKERS["answers_nan"]).column_range(X)
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    low, _ = loaded(BREAKERS["answers_with_one_axis_more"]).column_range(X)
    assert low.shape == (1, 2)


def test_names_that_are_no_entry_points_are_left_alone(loaded):
    """Only what a problem asks for is put behind a proxy."""
    only_class = dict(clause_breakers(SOURCE, ("Scaler",)))["answers_nan"]
    low, _ = loaded(only_class).column_range(np.array([[1.0], [2.0]]))
    assert low.tolist() == [1.0]


def test_there_are_more_than_thirty_kinds_of_garbage():
    """Names and sources are all different."""
    assert len(GARBAGE) > 30
    assert len(set(GARBAGE.values())) == len(GARBAGE)
    assert len(list(garbage(SOURCE, ENTRY_POINTS))) == len(GARBAGE)


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_trips_no_clause(loaded, name):
    """A clause finds something, or the submission raises, or it passes; the clause itself never crashes."""
    submission = loaded(GARBAGE[name])
    for clause in CLAUSES:
        is_passed(clause, submission)


def test_most_garbage_is_found(loaded):
    """Hardly any of it has the shape and the kind of a right answer."""
    clause = "test_answers_are_finite_and_in_shape"
    passing = [name for name, source in GARBAGE.items() if is_passed(clause, loaded(source))]
    assert len(passing) <= 6
    assert any("None" in name for name in GARBAGE)
    assert not [name for name in passing if "None" in name or "nan" in name or "object" in name]


def test_methods_that_return_the_model_still_do(loaded):
    """Garbage replaces answers, not the model that fit returns."""
    model = loaded(GARBAGE["garbage 0 (None)"]).Scaler().fit(np.eye(3))
    assert model.mean_ is None
    assert model.transform(np.eye(3)) is None
