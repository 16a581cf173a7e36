"""Values of a transcript: JSON that is JSON, source that evaluates to the value, and a line to read."""

import json
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge.values import ELEMENTS_CAP, size, to_json, to_line, to_source

SHAPES = npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
DTYPES = ["bool", "int8", "uint8", "int32", "int64", "uint64", "float16", "float32", "float64"]
ARRAYS = st.one_of([npst.arrays(dtype, SHAPES) for dtype in DTYPES])
FINITE = st.floats(allow_nan=False, allow_infinity=False)
COMPLEX_ARRAYS = npst.arrays("complex128", SHAPES, elements=st.builds(complex, FINITE, FINITE))
SCALARS = ARRAYS.filter(lambda array: array.size).map(lambda array: array.reshape(-1)[0])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text(max_size=8)
KEYS = st.none() | st.booleans() | st.integers() | FINITE | st.text(max_size=5)
VALUES = st.recursive(
    PLAIN | ARRAYS | SCALARS | COMPLEX_ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.dictionaries(KEYS | st.tuples(KEYS, KEYS), inner, max_size=2)
    ),
    max_leaves=6,
)


def read_only(array):
    array.flags.writeable = False
    return array


def through_text(tree):
    return json.loads(json.dumps(tree, allow_nan=False))


def evaluated(source: str):
    """Evaluate an expression as the exported script would."""
    return eval(source, {"np": np, "read_only": read_only, "model": "the model"})  # noqa: S307 - our own writing


def is_same(first, second) -> bool:
    """Tell whether two values are equal in kind, and equal, NaN to NaN."""
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray | np.generic):
        return (
            first.dtype == second.dtype
            and first.shape == second.shape
            and np.array_equal(first, second, equal_nan=first.dtype.kind in "fc")
        )
    if isinstance(first, float):
        return first == second or (math.isnan(first) and math.isnan(second))
    if isinstance(first, complex):
        return is_same(first.real, second.real) and is_same(first.imag, second.imag)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(is_same, first, second))
    if isinstance(first, dict):
        return is_same(list(first.items()), list(second.items()))
    return first == second


@settings(deadline=None, max_examples=80)
@given(VALUES)
@example(())
@example((1,))
@example([complex(-0.0, math.inf), -math.inf, math.nan, -0.0])
@example({(1, "a"): np.float32("nan"), None: np.array(math.inf)})
@example({"array": 1, "shape": [2], "float": "nan", "object": "os"})
@example(np.array([[True, False]]))
@example(np.uint64(2**64 - 1))
def test_the_source_of_a_value_evaluates_to_an_equal_value(value):
    """Kind, dtype and shape are kept too, through the text of a report."""
    assert is_same(evaluated(to_source(through_text(to_json(value)))), value)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (2, 0, 2), ()])
def test_the_source_of_an_empty_array_keeps_its_shape(shape):
    """Lists alone cannot say how many columns no rows have."""
    value = np.zeros(shape, dtype=np.float32)
    assert is_same(evaluated(to_source(through_text(to_json(value)))), value)


@settings(deadline=None, max_examples=40)
@given(ARRAYS, st.booleans(), st.booleans())
def test_the_source_of_an_array_keeps_order_and_protection(array, is_fortran, is_readonly):
    """A failure that only Fortran order or a read-only array shows is reproduced by the script."""
    made = np.array(array, order="F" if is_fortran else "C")
    made.flags.writeable = not is_readonly
    back = evaluated(to_source(through_text(to_json(made))))
    assert is_same(back, made)
    assert back.flags.f_contiguous == made.flags.f_contiguous
    assert back.flags.c_contiguous == made.flags.c_contiguous
    assert back.flags.writeable == made.flags.writeable


def test_a_remote_object_is_written_by_its_name():
    """What stays in the jail is the variable that holds it, or its type when nobody names it."""
    thing = object()
    assert to_json([thing], lambda _: "model") == [{"object": "model"}]
    assert evaluated(to_source(to_json([thing], lambda _: "model"))) == ["the model"]
    assert to_json(thing) == {"object": "object"}


def test_an_array_of_the_cap_is_written_out_and_a_larger_one_is_left_out():
    """A report tells the shape of what it does not hold, and the source does not evaluate."""
    at_cap, beyond = np.zeros(ELEMENTS_CAP, dtype=np.int8), np.zeros((ELEMENTS_CAP + 1, 1), dtype=np.int8)
    assert len(to_json(at_cap)["array"]) == ELEMENTS_CAP
    assert to_json(beyond) == {"dtype": "int8", "shape": [ELEMENTS_CAP + 1, 1]}
    assert to_source(to_json(beyond)) == f"left_out(shape=({ELEMENTS_CAP + 1}, 1), dtype='int8')"
    assert to_line(to_json(beyond)) == f"<{ELEMENTS_CAP + 1} x 1 array of int8>"


def elements(value) -> int:
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value).size
    if isinstance(value, dict):
        return sum(elements(part) for pair in value.items() for part in pair)
    return sum(map(elements, value)) if isinstance(value, list | tuple) else 0


@settings(deadline=None, max_examples=60)
@given(VALUES)
def test_the_size_of_a_value_is_its_number_of_array_elements(value):
    """Elements are counted through every nesting, and nothing else is."""
    assert size(to_json(value)) == elements(value)


def test_the_size_counts_arrays_that_are_left_out():
    """An array that is only described counts as much as if it were written out."""
    assert size(to_json([np.zeros(ELEMENTS_CAP + 1)])) == ELEMENTS_CAP + 1


@settings(deadline=None, max_examples=60)
@given(VALUES)
def test_a_value_has_one_line_of_modest_length(value):
    """Whatever comes, it can be shown in one line."""
    line = to_line(through_text(to_json(value)))
    assert line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (np.array([[1.0, 2.5], [0.1, -3.0]]), "[[1, 2.5], [0.1, -3]]"),
        (np.array([1, 2]), "[1, 2]"),
        (np.array([1.5], dtype=np.float32), "[1.5] (float32)"),
        (np.array([math.nan, math.inf]), "[nan, inf]"),
        (np.float64(2.0), "2"),
        (np.float32(0.5), "0.5"),
        (np.zeros((5, 9)), "<5 x 9 array of float64>"),
        ((np.int64(1), [2, "a"]), "(1, [2, 'a'])"),
        ({"a": 1}, "{'a': 1}"),
        (dict.fromkeys(range(9)), "{" + "".join(f"{i}: None, " for i in range(8)) + "…}"),
        (list(range(41)), "<list of 41>"),
        (1 / 3, "0.3333333333"),
        (2.0, "2"),
        (math.nan, 'float("nan")'),
        ("x" * 81, repr("x" * 80) + "…"),
        (None, "None"),
    ],
    ids=repr,
)
def test_a_line_is_short_and_exact_where_it_can_be(value, line):
    """Small arrays are written out, large ones by shape, numbers without needless digits."""
    assert to_line(to_json(value)) == line
