"""Common clauses: an honest solution passes each, and each catches the mistake that it is there for."""

from contextlib import nullcontext
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from judge.agreement import Finding, array
from judge.clauses import Description, clause_names, common_clauses
from judge.errors import ProblemError


@dataclass
class Talk:
    """The part of a conversation that clauses ask for."""

    changed: set[str] = field(default_factory=set)


class FakeSubmission:
    """Calls a class in this process the way a jail would: arguments are copies, and changes to them are noted."""

    def __init__(self, kind):
        self._conversation = Talk()
        self._kind = kind

    def Scaler(self, *args):  # noqa: N802 - named for the entry point
        return FakeModel(self._kind(*map(sent, args)), self._conversation)


class FakeModel:
    """Stands before a model of this process."""

    def __init__(self, model, talk):
        self._model, self._talk, self._given = model, talk, []

    def __getattr__(self, name):
        value = getattr(self._model, name)
        if not callable(value):
            return value

        def method(*args):
            copies = [sent(arg) for arg in args]
            self._given += [(i, copy, copy.tobytes()) for i, copy in enumerate(copies)]
            result = value(*copies)
            changed = [i for i, copy, before in self._given if copy.tobytes() != before]
            self._talk.changed.update(f"argument {i + 1} of {name}(…)" for i in changed)
            return self if result is self._model else result

        return method


def sent(value):
    copy = value.copy(order="K")
    copy.flags.writeable = value.flags.writeable
    return copy


class Honest:
    """Scales each column to mean 0 and variance 1."""

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        self.mean_, self.scale_ = X.mean(axis=0), X.std(axis=0)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_


def draw(rng):
    return (np.rint(rng.normal(size=(12, 3)) * 64) / 64,)


DESCRIPTION = Description(
    inputs=draw,
    fit=lambda submission, X: submission.Scaler().fit(X),
    answers=lambda model, X: {
        "mean_": array(model.mean_, "mean_", shape=(3,)),
        "transform(X)": array(model.transform(X), "transform(X)", shape=X.shape),
    },
    rows=("transform",),
    refit=lambda model, X: model.fit(X),
)
CLAUSES = {one.name: one for one in common_clauses(DESCRIPTION)}


def run(name: str, kind) -> None:
    CLAUSES[name].function(FakeSubmission(kind), np.random.default_rng(0))


class ChangesItsInput(Honest):
    def fit(self, X):
        super().fit(X)
        if X.flags.writeable:
            X -= self.mean_.astype(X.dtype)
        return self


class ChangesItsInputLater(Honest):
    """Keeps what fit was given, and spoils it in another call."""

    def fit(self, X):
        self._X = X
        return super().fit(X)

    def transform(self, X):
        answer = super().transform(X)
        if self._X.flags.writeable:
            self._X += 1
        return answer


class IsNaN(Honest):
    def transform(self, X):
        return super().transform(X) * np.nan


class HasAnotherShape(Honest):
    def transform(self, X):
        return super().transform(X)[..., None]


class IsNone(Honest):
    def transform(self, X):
        del X


class AnswersAnew(Honest):
    calls = 0

    def fit(self, X):
        super().fit(X)
        type(self).calls += 1
        self.mean_ = self.mean_ + 1e-3 * self.calls
        return self


class GoesOnFromItsLastFit(Honest):
    def fit(self, X):
        before = getattr(self, "mean_", None)
        super().fit(X)
        if before is not None:
            self.mean_ = (self.mean_ + before) / 2
        return self


class UsesTheRowsBeside(Honest):
    def transform(self, X):
        X = np.asarray(X, dtype=float)
        return (X - X.mean(axis=0)) / self.scale_


class IsPrecise(Honest):
    """Trusts the dtype that it is given."""

    def fit(self, X):
        super().fit(X)
        if X.dtype == np.float32:
            self.mean_ = np.rint(self.mean_ * 16) / 16
        return self


class ReadsMemory(Honest):
    def fit(self, X):
        return super().fit(X.ravel(order="K").reshape(X.shape))


class WritesAnyway(Honest):
    def fit(self, X):
        X[:] = X
        return super().fit(X)


class AnswersLikeTheLatest(Honest):
    """Keeps in the class what belongs to the model."""

    def fit(self, X):
        type(self).latest = super().fit(X)
        return self

    def transform(self, X):
        return Honest.transform(type(self).latest, X)


ENEMIES = [
    ("test_inputs_are_left_alone", ChangesItsInput),
    ("test_inputs_are_left_alone", ChangesItsInputLater),
    ("test_answers_are_finite_and_in_shape", IsNaN),
    ("test_answers_are_finite_and_in_shape", HasAnotherShape),
    ("test_answers_are_finite_and_in_shape", IsNone),
    ("test_equal_calls_give_equal_answers", AnswersAnew),
    ("test_fitting_again_forgets", GoesOnFromItsLastFit),
    ("test_another_model_changes_nothing", AnswersLikeTheLatest),
    ("test_a_row_is_answered_by_itself", UsesTheRowsBeside),
    ("test_float32_inputs_are_taken", IsPrecise),
    ("test_fortran_order_is_taken", ReadsMemory),
]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", sorted(CLAUSES))
def test_an_honest_solution_passes_every_clause(name, seed):
    """Whatever the data, nothing is found where nothing is wrong."""
    CLAUSES[name].function(FakeSubmission(Honest), np.random.default_rng(seed))


@pytest.mark.parametrize(("name", "kind"), ENEMIES)
def test_each_clause_finds_its_own_mistake(name, kind):
    """The mistake that a clause is named for is found by it."""
    with pytest.raises(Finding):
        run(name, kind)


def test_read_only_input_that_is_written_to_raises_in_the_submission():
    """Writing to a read-only array is the submission's own exception, here of this process."""
    with pytest.raises(ValueError, match="read-only"):
        run("test_read_only_inputs_are_taken", WritesAnyway)


def test_the_fit_to_be_forgotten_may_be_of_another_size():
    """Some mistakes need a second fit on fewer columns to be seen."""

    class AllocatesOnce(Honest):
        def fit(self, X):
            if not hasattr(self, "mean_"):
                self.mean_, self.scale_ = np.zeros(X.shape[1]), np.zeros(X.shape[1])
            self.mean_[:], self.scale_[:] = X.mean(axis=0), X.std(axis=0)
            return self

    def answers(model, X):
        return {"transform(X)": array(model.transform(X), "transform(X)", shape=X.shape)}

    def fewer(rng):
        return (draw(rng)[0][:, :2],)

    for others in (None, fewer):
        made = common_clauses(replace(DESCRIPTION, answers=answers, others=others))
        (clause,) = [one for one in made if one.name == "test_fitting_again_forgets"]
        with nullcontext() if others is None else pytest.raises(ValueError, match="broadcast"):
            clause.function(FakeSubmission(AllocatesOnce), np.random.default_rng(0))


def test_every_clause_has_an_enemy_here():
    """No clause is left without a mistake that it finds."""
    assert {name for name, _ in ENEMIES} | {"test_read_only_inputs_are_taken"} == set(CLAUSES) == clause_names()


def test_a_finding_says_what_was_changed():
    """The argument and the call are named."""
    with pytest.raises(Finding, match=r"it changed argument 1 of fit\(…\)"):
        run("test_inputs_are_left_alone", ChangesItsInput)


def test_clauses_are_edge_cases_with_a_title_and_a_hint():
    """They look like any other case to a learner."""
    for one in CLAUSES.values():
        assert one.group == "edge"
        assert one.title
        assert one.hint
        assert one.limit is None


def test_clauses_that_do_not_apply_are_not_made():
    """Without methods for rows or a way to fit again, three clauses have nothing to ask."""
    names = {one.name for one in common_clauses(replace(DESCRIPTION, rows=(), refit=None))}
    assert clause_names() - names == {
        "test_a_row_is_answered_by_itself",
        "test_fitting_again_forgets",
        "test_another_model_changes_nothing",
    }


def test_a_clause_is_left_out_with_a_reason():
    """What does not hold for a problem is left out, and the reason is written down."""
    made = common_clauses(DESCRIPTION, {"test_fortran_order_is_taken": "It takes no arrays."})
    assert clause_names() - {one.name for one in made} == {"test_fortran_order_is_taken"}


@pytest.mark.parametrize("leave_out", [{"test_no_such_clause": "because"}, {"test_fortran_order_is_taken": ""}])
def test_leaving_out_needs_a_known_clause_and_a_reason(leave_out):
    """Neither a misspelt clause nor an empty reason passes."""
    with pytest.raises(ProblemError, match="leave_out"):
        common_clauses(DESCRIPTION, leave_out)
