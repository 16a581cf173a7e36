"""Transcripts: names that do not collide, and calls as a report holds them."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge.errors import SubmissionError
from judge.transcript import Call, Transcript, kept


def test_an_object_keeps_its_name():
    """The first mention names an object, the second finds it."""
    transcript = Transcript()
    assert transcript.name(3, "Ridge") == ("ridge", True)
    assert transcript.name(3, "Ridge") == ("ridge", False)
    assert transcript.name(3, "Another") == ("ridge", False)


def test_two_objects_of_one_type_have_two_names():
    """The second and third are numbered."""
    transcript = Transcript()
    assert [transcript.name(n, "Ridge")[0] for n in (1, 2, 3)] == ["ridge", "ridge2", "ridge3"]


def test_a_numbered_name_does_not_hide_another():
    """A class that is itself called Ridge2 gets a name of its own."""
    transcript = Transcript()
    names = [transcript.name(number, kind)[0] for number, kind in enumerate(["Ridge", "Ridge2", "Ridge", "RIDGE"])]
    assert names == ["ridge", "ridge2", "ridge3", "ridge4"]


@pytest.mark.parametrize("type_name", ["", "a b", "x; import os", "1st", "array of dtype object", "a.b", "\n"])
def test_a_type_whose_name_is_no_identifier_becomes_a_result(type_name):
    """What a process says its types are called cannot write Python."""
    assert Transcript().name(1, type_name) == ("result", True)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["A", "a", "A2", "a2", "a 2", "B"])), max_size=20))
def test_names_belong_to_one_object_each(mentions):
    """However objects are mentioned, name and object determine each other."""
    transcript = Transcript()
    by_name, by_number = {}, {}
    for number, type_name in mentions:
        name, is_new = transcript.name(number, type_name)
        assert is_new is (number not in by_number)
        assert by_name.setdefault(name, number) == number
        assert by_number.setdefault(number, name) == name
        assert name.isidentifier()


def test_what_was_given_stays_as_it_was_given():
    """Nested arrays too, in their order in memory and as writeable as they were."""
    X, y = np.asfortranarray(np.ones((2, 3))), np.zeros(2)
    y.flags.writeable = False
    copy = kept(((X, {"a": [X, "b"]}), y))
    X[0, 0] = 5.0
    (first, named), second = copy
    for array in (first, named["a"][0]):
        assert array.flags.f_contiguous
        assert array.flags.writeable
        np.testing.assert_array_equal(array, np.ones((2, 3)))
    assert named["a"][1] == "b"
    assert not second.flags.writeable


def test_the_source_of_an_answer_is_the_call_that_gave_it():
    """Answers are found again by identity: attributes as they are, calls with an ellipsis."""
    first, second, equal = np.array([1.0]), np.array([1.0]), np.array([1.0])
    transcript = Transcript(
        [
            Call("model.fit", ((first,), {}), returned=None),
            Call("model.coef_", None, returned=first),
            Call("model.predict", ((first,), {}), returned=second),
        ]
    )
    assert transcript.source_of(first) == "model.coef_"
    assert transcript.source_of(second) == "model.predict(…)"
    assert transcript.source_of(equal) == ""


def test_the_last_call_that_gave_an_answer_is_its_source():
    """An object that two calls returned came from the later one."""
    thing = object()
    transcript = Transcript([Call("a.x", None, returned=thing), Call("a.y", None, returned=thing)])
    assert transcript.source_of(thing) == "a.y"


class Named:
    """Stands for a remote object, which is written by its variable's name."""

    def __repr__(self) -> str:
        return "model"


def test_a_call_is_json():
    """Arguments, answer and variable are written out, remote objects by name."""
    model = Named()
    call = Call("submission.score", ((model, np.array([1.0])), {"tol": 0.5}), returned=(1, None), assigned="score")
    (tree,) = Transcript([call]).to_json()
    assert tree == {
        "expression": "submission.score",
        "args": [{"object": "model"}, {"dtype": "float64", "shape": [1], "array": [1.0]}],
        "kwargs": {"tol": 0.5},
        "assigned": "score",
        "returned": {"tuple": [1, None]},
    }
    assert json.loads(json.dumps(tree, allow_nan=False)) == tree


def test_reading_an_attribute_has_no_arguments():
    """An attribute is told from a call without arguments by what its JSON lacks."""
    read, called = Transcript([Call("m.x", None, returned=1), Call("m.x", ((), {}), returned=1)]).to_json()
    assert read == {"expression": "m.x", "returned": 1}
    assert called == {"expression": "m.x", "args": [], "kwargs": {}, "returned": 1}


def test_a_call_that_raised_has_no_answer():
    """The exception stands where the answer would."""
    error = SubmissionError("ValueError", ("ValueError", "Exception"), "too small", ())
    (tree,) = Transcript([Call("m.fit", ((), {}), raised=error)]).to_json()
    assert tree["raised"] == {"type": "ValueError", "message": "too small"}
    assert "returned" not in tree


def test_calls_are_kept_in_order():
    """The report's order is the order of the calls."""
    transcript = Transcript([Call(name, None, returned=0) for name in "abc"])
    assert [tree["expression"] for tree in transcript.to_json()] == ["a", "b", "c"]
