"""Diagnosis: a known mistake is named if it alone explains the answers."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge.attempts import Attempt, Contender
from judge.diagnosis import KnownMistake, diagnose, known_mistakes
from judge.transcript import Call, Transcript


class NoSession:
    """A session that no run is started in."""


@dataclass
class Replays:
    """Replays that give made-up answers by contender, and remember who was asked."""

    answers: dict[str, list]
    asked: list[str]

    def __call__(self, contender: Contender) -> Attempt:
        self.asked.append(contender.name)
        return attempt(*self.answers[contender.name])


def attempt(*answers) -> Attempt:
    return Attempt(Transcript([Call(f"model.a{i}_", None, returned=value) for i, value in enumerate(answers)]))


def contender(name: str) -> Contender:
    return Contender(NoSession(), f"# {name}", name, 1.0)


def diagnosed(mine, right, seconds=60.0, **mistakes) -> KnownMistake | None:
    """Diagnose made-up answers, with more time than it takes."""
    known = [(KnownMistake(name, f"It is {name}.", ""), contender(name)) for name in mistakes]
    replays = Replays({"right": right, **mistakes}, [])
    return diagnose(attempt(*mine), replays, contender("right"), known, seconds)


def test_the_mistake_that_answers_alike_is_named():
    """One mistake gives the submission's answers, another does not, and neither does the right solution."""
    found = diagnosed(
        [np.array([1.0, 2.0])], [np.array([1.0, 5.0])], ddof=[np.array([1.0, 2.0])], sign=[np.array([-1.0, -5.0])]
    )
    assert found == KnownMistake("ddof", "It is ddof.", "")


def test_rounding_does_not_hide_a_mistake():
    """Another order of summation explains a difference of a few units in the last place."""
    assert diagnosed([2.0 + 1e-12], [5.0], ddof=[2.0]) is not None


def test_nearness_is_not_likeness():
    """Answers that merely resemble a mistake's are not explained by it."""
    assert diagnosed([2.001], [5.0], ddof=[2.0]) is None


def test_nothing_known_explains_other_answers():
    """A mistake of one's own has no diagnosis, and neither has anything without known mistakes."""
    assert diagnosed([7.0], [5.0], ddof=[2.0], sign=[-5.0]) is None
    assert diagnosed([7.0], [5.0]) is None


def test_two_mistakes_that_answer_alike_are_not_told_apart():
    """A diagnosis names one mistake or none."""
    assert diagnosed([2.0], [5.0], ddof=[2.0], mean=[2.0]) is None


def test_a_mistake_that_makes_no_difference_here_explains_nothing():
    """Where the mistake answers rightly too, right answers do not convict."""
    assert diagnosed([5.0, 3.0], [5.0, 3.0], ddof=[5.0, 3.0]) is None


def test_only_calls_where_the_mistake_differs_are_compared():
    """The submission may be right or wrong elsewhere; the calls that the mistake spoils decide."""
    assert diagnosed([99.0, 2.0], [5.0, 3.0], ddof=[5.0, 2.0]) is not None
    assert diagnosed([99.0, 2.5], [5.0, 3.0], ddof=[5.0, 2.0]) is None


def test_every_call_that_the_mistake_spoils_must_agree():
    """One spoiled answer that differs acquits."""
    assert diagnosed([2.0, 4.0], [5.0, 3.0], ddof=[2.0, 1.0]) is None
    assert diagnosed([2.0, 1.0], [5.0, 3.0], ddof=[2.0, 1.0]) is not None


def test_a_mistake_hardly_different_from_the_truth_needs_an_answer_much_nearer_to_it():
    """An answer half way between truth and mistake is not explained, however close the two are."""
    truth, mistake = 1.0, 1.0 + 4e-6
    assert diagnosed([mistake], [truth], ddof=[mistake]) is not None
    assert diagnosed([1.0 + 3.5e-6], [truth], ddof=[mistake]) is None


def test_not_a_number_is_like_not_a_number():
    """A mistake that answers NaN or infinity is recognised."""
    wrong = np.array([1.0, np.nan])
    assert diagnosed([wrong.copy()], [np.array([1.0, 2.0])], empty=[wrong]) is not None
    assert diagnosed([np.inf], [1.0], log=[np.inf]) is not None


def test_the_shape_is_part_of_an_answer():
    """A mistake in shape is recognised by the shape."""
    flat, column = np.array([1.0, 2.0]), np.array([[1.0], [2.0]])
    assert diagnosed([column], [flat], shape=[column]) is not None


def test_answers_that_are_no_numbers_are_passed_over():
    """Text and models are not compared."""
    assert diagnosed(["model", 2.0], ["model", 5.0], ddof=["model", 2.0]) is not None
    assert diagnosed(["a"], ["b"], ddof=["a"]) is None


def test_no_answers_are_explained_by_nothing():
    """A submission that stopped before its first answer is not diagnosed."""
    assert diagnosed([], [5.0], ddof=[2.0]) is None


def test_a_diagnosis_takes_no_longer_than_it_may():
    """When time is up there is no diagnosis, instead of one that some mistakes had no part in."""
    assert diagnosed([2.0], [5.0], seconds=-1.0, ddof=[2.0]) is None


def test_each_contender_is_replayed_once():
    """The right solution comes first, then every mistake."""
    replays = Replays({"right": [5.0], "a": [1.0], "b": [2.0]}, [])
    known = [(KnownMistake(name, "", ""), contender(name)) for name in "ab"]
    diagnose(attempt(1.0), replays, contender("right"), known)
    assert replays.asked == ["right", "a", "b"]


VECTORS = st.lists(st.integers(-50, 50).filter(bool).map(float), min_size=2, max_size=2).map(np.array)


@settings(deadline=None, max_examples=40)
@given(VECTORS, VECTORS, VECTORS, st.integers(-20, 20))
def test_a_diagnosis_does_not_depend_on_units(mine, right, mistake, power):
    """All answers in other units lead to the same diagnosis."""
    scaled = [value * 2.0**power for value in (mine, right, mistake)]
    assert diagnosed([mine], [right], ddof=[mistake]) == diagnosed([scaled[0]], [scaled[1]], ddof=[scaled[2]])


@settings(deadline=None, max_examples=40)
@given(VECTORS, VECTORS)
def test_right_answers_are_never_diagnosed(right, mistake):
    """Whatever the mistake, a submission that answers rightly has not made it."""
    assert diagnosed([right.copy()], [right], ddof=[mistake]) is None


@pytest.mark.parametrize("order", [("b", "a"), ("a", "b")])
def test_known_mistakes_are_read_from_the_folder(tmp_path, order):
    """Name, first line of the docstring and source of each wrong solution, in order of their names."""
    folder = tmp_path / "solutions" / "wrong_answer"
    folder.mkdir(parents=True)
    for name in order:
        (folder / f"{name}.py").write_text(f'"""It forgets {name}.\n\nMore."""\n\nx = 1\n', encoding="utf-8")
    (folder / "c.py").write_text("x = 1\n")
    (folder / "notes.txt").write_text("no solution")
    assert [(one.name, one.explanation) for one in known_mistakes(tmp_path)] == [
        ("a", "It forgets a."),
        ("b", "It forgets b."),
        ("c", ""),
    ]
    assert known_mistakes(tmp_path)[2].source == "x = 1\n"


def test_a_problem_without_wrong_solutions_has_no_known_mistakes(tmp_path):
    """An absent folder is an empty list."""
    assert known_mistakes(tmp_path) == []
