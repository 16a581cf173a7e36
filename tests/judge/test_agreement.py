"""Checks: garbage is a finding and never another exception, and tolerances mean what they say."""

import datetime as dt
import decimal
import fractions
import math
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge.agreement import (
    UNDER_CONVERGED,
    Finding,
    array,
    as_many,
    at_most,
    close_to,
    equal_to,
    gap_at_most,
    ledger,
    moderate,
    number,
    raises,
    that,
)
from judge.errors import SubmissionError
from judge.remote import Conversation, Remote


class SilentRun:
    """A run that nobody should talk to."""

    @property
    def stream(self):
        raise AssertionError("a check talked to the submission")


REMOTE = Remote(Conversation(SilentRun(), 1.0), 3, "Ridge", "ridge")


@pytest.fixture(autouse=True)
def _as_in_the_grader():
    """Let absurd numbers overflow silently, as a grader does."""
    with np.errstate(all="ignore"):
        yield


def told(value) -> str:
    """Return a test's name, which is the same in every process that collects it."""
    return re.sub(r" at 0x[0-9a-f]+", "", str(value))


def nested(depth: int):
    value = 1.0
    for _ in range(depth):
        value = [value]
    return value


# What no conversion can make a vector of three real numbers from.
GARBAGE = [
    None,
    REMOTE,
    [REMOTE] * 3,
    "text",
    "1.5",
    ["1", "2", "3"],
    b"bytes",
    object(),
    [object()] * 3,
    {},
    {"a": 1},
    {1, 2, 3},
    iter([1, 2, 3]),
    range,
    len,
    [],
    [[]],
    [1.0, 2.0],
    [1.0, 2.0, 3.0, 4.0],
    [[1.0, 2.0, 3.0]],
    [[1.0], [2.0], [3.0]],
    [[1.0], [1.0, 2.0]],
    [1.0, [2.0], 3.0],
    [1.0, None, 3.0],
    [1.0, "2", 3.0],
    1.0,
    True,
    10**400,
    [10**400, 1, 2],
    [-(10**400)] * 3,
    1e400,
    math.nan,
    [1.0, math.nan, 3.0],
    [1.0, 2.0, math.inf],
    [-math.inf, 2.0, 3.0],
    1j,
    [1.0, 2.0, 3.0 + 0j],
    np.array([1.0, 2.0, 3.0]) + 0j,
    np.complex64(1),
    np.array(["a", "b", "c"]),
    np.array([b"a", b"b", b"c"]),
    np.array([None, 1, 2]),
    np.array([1.0, 2.0, 3.0], dtype=object),
    np.array(["2026-01-01"] * 3, dtype="datetime64[D]"),
    np.array([1, 2, 3], dtype="timedelta64[s]"),
    np.datetime64("2026-01-01"),
    np.zeros(3, dtype="i4,f4"),
    np.zeros((0, 3)),
    np.zeros((3, 0)),
    np.zeros((1, 3)),
    np.zeros((3, 1)),
    np.zeros(()),
    np.full(3, np.float16(np.inf)),
    dt.date(2026, 1, 1),
    [decimal.Decimal(1)] * 3,
    [fractions.Fraction(1, 3)] * 3,
    nested(24),
    nested(70),
]


@pytest.mark.parametrize("value", GARBAGE, ids=lambda value: told(value)[:40])
def test_garbage_is_a_finding(value):
    """Every check of an array of three raises a finding with the answer in it, and nothing else."""
    checks = [
        lambda: array(value, "coef_", shape=(3,)),
        lambda: array(value, "coef_", shape=(3,), kind="int"),
        lambda: close_to(value, [1.0, 2.0, 3.0], 1e300, "coef_", scale=1.0),
        lambda: equal_to(value, [1, 2, 3], "coef_", where=np.zeros(3, dtype=bool)),
    ]
    for check in checks:
        with pytest.raises(Finding, match="coef_") as finding:
            check()
        assert finding.value.actual is value


@pytest.mark.parametrize("value", [v for v in GARBAGE if v is not True and not np.array_equal(v, 1.0)], ids=told)
def test_garbage_is_no_number(value):
    """Only one finite real number is a number."""
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind == "f":
        assert number(value, "alpha") == 0.0
        return
    with pytest.raises(Finding, match="alpha"):
        number(value, "alpha")
    with pytest.raises(Finding, match="alpha"):
        close_to(value, 1.0, 1e300, "alpha")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=3)
    | st.binary(max_size=3)
    | npst.arrays(
        npst.array_dtypes() | npst.scalar_dtypes(), npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=80)
@given(ANYTHING)
@example([np.zeros(2), np.zeros(3)])
@example([[1, 2], np.zeros((2, 2))])
@example(np.array(2**64 - 1, dtype=np.uint64))
@example([2**63, -1])
@example([2**64, 1.0])
def test_checks_raise_findings_and_nothing_else(value):
    """Whatever an answer is, a check passes or finds."""
    for check in (
        lambda: array(value, "a"),
        lambda: array(value, "a", kind="int"),
        lambda: number(value, "a"),
        lambda: close_to(value, [[1.0, 2.0]], 1e-6, "a"),
        lambda: close_to(value, 1.0, 1e-6, "a"),
        lambda: equal_to(value, [1, 2], "a"),
        lambda: equal_to(value, 1, "a"),
    ):
        try:
            made = check()
        except Finding:
            continue
        assert made is None or np.isfinite(made).all()


# What passes, and as what.


@pytest.mark.parametrize(
    "value",
    [
        [1, 2, 3],
        (1.0, 2.0, 3.0),
        range(1, 4),
        np.array([1, 2, 3], dtype=np.uint8),
        np.array([1, 2, 3], dtype=np.float16),
        np.array([1, 2, 3], dtype=">f8"),
        [np.float32(1), np.int64(2), 3],
        np.asfortranarray([1.0, 2.0, 3.0]),
    ],
    ids=repr,
)
def test_real_numbers_of_any_type_are_taken(value):
    """Lists, tuples and every real dtype become float64, and int64 where they are whole."""
    for kind, dtype in (("float", np.float64), ("int", np.int64)):
        made = array(value, "labels_", shape=(3,), kind=kind)
        assert made.dtype == dtype
        assert made.tolist() == [1, 2, 3]


def test_the_answer_itself_is_not_handed_on_to_be_changed():
    """What a suite does to the converted array does not reach the transcript."""
    answer = np.array([1.0, 2.0])
    made = array(answer, "coef_")
    made += 1
    assert answer.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "value", [2, 2.0, True, np.float32(2), np.int8(2), np.array(2.0), np.array([2]), [2.0]], ids=repr
)
def test_one_number_may_come_in_any_wrapping(value):
    """Python numbers, NumPy scalars, 0-d arrays and arrays of one element are numbers."""
    made = number(value, "inertia_")
    assert type(made) is float
    assert made == (1.0 if value is True else 2.0)


@pytest.mark.parametrize("value", [[0.5], [1.0, 2.5], [2.0**63], [-(2.0**63)], [1e300]])
def test_numbers_that_are_not_whole_are_no_labels(value):
    """Halves, and what int64 cannot hold, are findings where integers were asked for."""
    with pytest.raises(Finding, match="not whole"):
        array(value, "labels_", kind="int")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "coef_ is None; numbers were asked for (is a return missing?)"),
        (REMOTE, "coef_ is a Ridge; numbers were asked for"),
        (np.zeros(3) + 0j, "coef_ is complex; real numbers were asked for"),
        (object(), "coef_ holds an object; numbers were asked for"),
        ([[1], [1, 2]], "coef_ is not a regular array: its rows differ in length or kind"),
        (np.zeros((3, 1)), "coef_ has shape (3, 1); shape (3,) was asked for"),
        ([1.0, math.nan, 2.0], "coef_ holds nan at [1]"),
    ],
    ids=told,
)
def test_a_finding_says_what_the_answer_is_instead(value, says):
    """Messages name the quantity, what it is and what was asked for."""
    with pytest.raises(Finding) as finding:
        array(value, "coef_", shape=(3,))
    assert str(finding.value) == finding.value.message == says


# Tolerances.

MODERATE = st.floats(-1e6, 1e6)
VECTORS = st.integers(1, 5).flatmap(lambda n: st.tuples(*[npst.arrays(np.float64, n, elements=MODERATE)] * 2))
TOLERANCES = st.sampled_from([0.0, 1e-9, 1e-3, 0.5, 2.0])


def passes(check, *args, **kwargs) -> bool:
    try:
        check(*args, "x", **kwargs)
    except Finding:
        return False
    return True


@settings(deadline=None, max_examples=40)
@given(VECTORS, TOLERANCES, st.sampled_from([1e-3, 1.0, 1e3]))
def test_closeness_is_symmetric_at_a_given_scale(pair, tolerance, scale):
    """Which of two arrays is the answer does not matter when the scale is given."""
    a, b = pair
    assert passes(close_to, a, b, tolerance, scale=scale) == passes(close_to, b, a, tolerance, scale=scale)


@settings(deadline=None, max_examples=40)
@given(VECTORS, TOLERANCES, st.integers(-10, 10))
def test_closeness_does_not_depend_on_units(pair, tolerance, power):
    """Both arrays in other units, or with the other sign, or in another order, compare alike."""
    a, b = pair
    verdict = passes(close_to, a, b, tolerance)
    assert passes(close_to, a * 2.0**power, b * 2.0**power, tolerance) == verdict
    assert passes(close_to, -a, -b, tolerance) == verdict
    assert passes(close_to, a[::-1], b[::-1], tolerance) == verdict
    assert passes(close_to, a[:, None], b[:, None], tolerance) == verdict


@settings(deadline=None, max_examples=40)
@given(VECTORS, TOLERANCES)
def test_closeness_is_the_largest_error_beside_the_largest_expected_value(pair, tolerance):
    """The default scale is one number for the whole array."""
    a, b = pair
    largest = np.abs(b).max()
    is_close = bool((np.abs(a - b) / largest <= tolerance).all()) if largest else bool((a == b).all())
    assert passes(close_to, a, b, tolerance) == is_close


@settings(deadline=None, max_examples=40)
@given(VECTORS, st.floats(0, 10), st.floats(0, 10))
def test_a_wider_tolerance_never_refuses_more(pair, one, other):
    """What passes goes on passing when more is allowed."""
    narrow, wide = sorted([one, other])
    assert passes(close_to, *pair, wide) or not passes(close_to, *pair, narrow)


@settings(deadline=None, max_examples=40)
@given(VECTORS)
def test_an_array_is_close_and_equal_to_itself(pair):
    """Equality passes at tolerance zero."""
    close_to(pair[0], pair[0], 0.0, "x")
    whole = np.rint(pair[0]).astype(np.int64)
    equal_to(whole.astype(float), whole, "x")


@pytest.mark.parametrize("expected", [[1.0, 2.0, 3.0], [[1.0, 2.0, 3.0]], [[1.0], [2.0], [3.0]], [[[1.0, 2.0, 3.0]]]])
def test_nothing_is_broadcast(expected):
    """Only the very shape is compared, whatever NumPy would make of another."""
    for shape in [(3,), (1, 3), (3, 1), (1, 1, 3)]:
        answer = np.array([1.0, 2.0, 3.0]).reshape(shape)
        is_same_shape = shape == np.shape(expected)
        assert passes(close_to, answer, expected, 1e-9) is is_same_shape
        assert passes(equal_to, answer, expected) is is_same_shape


def test_a_scale_may_be_an_array():
    """Each element can have a scale of its own, and zero asks for equality."""
    close_to([1.1, 1000.0], [1.0, 1100.0], 0.1, "x", scale=[1.01, 1000.0])
    with pytest.raises(Finding):
        close_to([1.1, 1000.0], [1.0, 1101.0], 0.1, "x", scale=[1.01, 1000.0])
    close_to([0.0, 1.0], [0.0, 1.0], 0.0, "x", scale=0.0)
    with pytest.raises(Finding):
        close_to([1e-12, 1.0], [0.0, 1.0], 1.0, "x", scale=[0.0, 1.0])


def test_expected_zeros_ask_for_zeros():
    """Without a scale, nothing but zero is close to zero."""
    close_to([0.0, -0.0], [0.0, 0.0], 1e-6, "x")
    with pytest.raises(Finding):
        close_to([0.0, 1e-30], [0.0, 0.0], 1e-6, "x")


def test_empty_arrays_are_close():
    """No elements, no error; the shape is still asked for."""
    close_to(np.zeros((0, 3)), np.zeros((0, 3)), 0.0, "x")
    equal_to([], [], "x")
    with pytest.raises(Finding):
        close_to([], np.zeros((0, 3)), 0.0, "x")


@pytest.mark.parametrize("value", [1e308, -1e308, 1.7e308])
def test_absurdly_large_answers_are_findings(value):
    """A difference that overflows is larger than any tolerance."""
    with pytest.raises(Finding, match="expected"):
        close_to([value], [-value], 1e-6, "x")


def test_positions_with_several_right_answers_can_be_left_out():
    """`where` names the positions that count."""
    equal_to([1, 9, 3], [1, 2, 3], "labels_", where=np.array([True, False, True]))
    with pytest.raises(Finding, match="1 of 3"):
        equal_to([1, 9, 4], [1, 2, 3], "labels_", where=np.array([True, False, True]))


def test_a_finding_shows_the_worst_place():
    """How many differ, where it is worst, both numbers, what is allowed, and the hint."""
    with pytest.raises(Finding) as finding:
        close_to([[1.0, 2.5], [3.5, 4.0]], [[1.0, 2.0], [2.0, 4.0]], 0.05, "coef_", hint="Centre X.")
    said = finding.value
    assert said.message == "2 of 4 values of coef_ differ; the worst is at [1, 0]: yours 3.5, expected 2 (within 0.2)"
    assert said.hint == "Centre X."
    np.testing.assert_array_equal(said.expected, [[1.0, 2.0], [2.0, 4.0]])


def test_numbers_that_look_alike_are_shown_in_full():
    """A message never says `yours 1, expected 1`."""
    with pytest.raises(Finding, match=r"yours 1\.0000000001, expected 1\.0 "):
        close_to(1.0000000001, 1.0, 1e-12, "x")


# Gaps, bounds, truths and exceptions.


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1e9), st.sampled_from([1e-8, 1e-3, 1.0]))
@example(1e-8, 1e-8)
@example(1e-6, 1e-8)
@example(1.0000001e-6, 1e-8)
@example(0.0, 1.0)
@example(math.inf, 1.0)
def test_a_gap_is_right_or_under_converged_or_wrong(gap, stated):
    """Up to the stated number it passes, up to a hundred times it is called under-converged."""
    if gap <= stated:
        gap_at_most(gap, stated, "the duality gap")
        return
    with pytest.raises(Finding) as finding:
        gap_at_most(gap, stated, "the duality gap", hint="Look at the step.")
    said = finding.value
    is_near = gap <= UNDER_CONVERGED * stated
    assert said.message.startswith("under-converged: the duality gap is") is is_near
    assert ("iterations" in said.hint) is is_near
    assert (said.hint == "Look at the step.") is not is_near


def test_a_gap_that_is_no_number_is_a_finding():
    """NaN is no gap, and not called under-converged either."""
    with pytest.raises(Finding) as finding:
        gap_at_most(math.nan, 1e-6, "the gap")
    assert "under-converged" not in finding.value.message


@pytest.mark.parametrize(
    ("value", "is_fine"),
    [(1.0, True), (0.0, True), (-5.0, True), (1.0000001, False), (math.inf, False), (math.nan, False)],
)
def test_a_bound_is_inclusive(value, is_fine):
    """At most means at most, and NaN is beyond every bound."""
    assert passes(at_most, value, 1.0) is is_fine


@pytest.mark.parametrize("answer", [1e100, -1e200])
def test_answers_that_cannot_be_computed_with_are_a_finding(answer):
    """Whichever of them it is, and however small the others are."""
    moderate("coef_ and intercept_", "scores overflow", np.array([-9e99, 0.0]), 3.0)
    with pytest.raises(Finding, match=r"^coef_ and intercept_ are so large that the scores overflow$"):
        moderate("coef_ and intercept_", "scores overflow", np.array([1.0, answer]), 3.0)
    with pytest.raises(Finding, match="so large"):
        moderate("coef_ and intercept_", "scores overflow", np.array([1.0]), answer)


def test_a_count_says_both_numbers():
    """How many are expected, and how many came."""
    as_many(3, 3, "the number of stumps")
    with ledger() as notes, pytest.raises(Finding, match=r"^the number of stumps: yours 5, expected 3$"):
        as_many(5, 3, "the number of stumps")
    assert notes.worst is not None
    assert (notes.worst.error, notes.worst.tolerance) == (2.0, 0.0)


def test_nothing_is_allowed_where_the_bound_is_zero():
    """The message says so."""
    with pytest.raises(Finding, match=r"^the number of labels below -1 is 2; it must be 0$"):
        at_most(2.0, 0.0, "the number of labels below -1")


@pytest.mark.parametrize(
    ("is_so", "is_fine"),
    [(True, True), (np.True_, True), (1, True), (False, False), (np.False_, False), ([], False), (None, False)],
)
def test_anything_can_be_checked_for_truth(is_so, is_fine):
    """`that` takes Python's and NumPy's truth, and says the message."""
    if is_fine:
        that(is_so, "labels_ skips a cluster")
        return
    with pytest.raises(Finding, match=r"^labels_ skips a cluster$") as finding:
        that(is_so, "labels_ skips a cluster", actual=3, hint="Count them.")
    assert (finding.value.actual, finding.value.hint) == (3, "Count them.")


def submission_error(*bases: str) -> SubmissionError:
    return SubmissionError(bases[0], bases, "n_clusters is 0", ())


@pytest.mark.parametrize("bases", [("ValueError", "Exception"), ("LinAlgError", "ValueError", "Exception")])
def test_the_exception_asked_for_passes(bases):
    """The exception itself and its subclasses will do."""
    with raises(ValueError):
        raise submission_error(*bases)


def test_another_exception_is_a_finding():
    """What was raised instead is told, and a namesake among the message does not count."""
    with (
        pytest.raises(Finding, match="it raised TypeError: n_clusters is 0; a ValueError was asked for"),
        raises(ValueError),
    ):
        raise submission_error("TypeError", "Exception")
    with pytest.raises(Finding, match="an IndexError was asked for"), raises(IndexError, hint="Check it."):
        raise submission_error("LookupError", "Exception")


def test_no_exception_is_a_finding():
    """Going through is not what was asked for."""
    with (
        pytest.raises(Finding, match="it raised nothing; a ValueError was asked for") as finding,
        raises(ValueError, hint="Check it."),
    ):
        pass
    assert finding.value.hint == "Check it."


def test_a_suites_own_exception_is_not_taken_for_the_submissions():
    """A suite that crashes inside the block crashes, even with the type that was asked for."""
    with pytest.raises(ValueError, match="of the suite"), raises(ValueError):
        raise ValueError("of the suite")


# The ledger.


def test_the_comparison_nearest_to_its_tolerance_is_kept():
    """Not the largest error counts, but the largest share of what is allowed."""
    with ledger() as notes:
        close_to(1.5, 1.0, 1.0, "large but allowed")
        close_to(1.0 + 1e-7, 1.0, 1.25e-7, "small but near")
        at_most(0.1, 1.0, "far")
    assert notes.worst is not None
    assert notes.worst.quantity == "small but near"
    assert notes.worst.error == pytest.approx(1e-7)
    assert notes.worst.tolerance == 1.25e-7
    assert set(notes.errors) == {"large but allowed", "small but near", "far"}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 10), st.sampled_from([0.5, 1.0, 4.0])), min_size=1))
def test_the_worst_of_all_is_the_worst_of_each(notes):
    """The ledger's worst is the largest ratio, over all and for each quantity."""
    with ledger() as made:
        for quantity, error, tolerance in notes:
            made.note(quantity, error, tolerance)
    assert made.worst.error / made.worst.tolerance == max(error / tolerance for _, error, tolerance in notes)
    for quantity in {name for name, _, _ in notes}:
        kept = made.errors[quantity]
        assert kept.error / kept.tolerance == max(e / t for name, e, t in notes if name == quantity)


def test_a_failed_comparison_is_noted_too():
    """How wrong an answer was is in the ledger although the check raised."""
    with ledger() as notes:
        with pytest.raises(Finding):
            close_to([3.0], [1.0], 1e-6, "coef_")
        with pytest.raises(Finding):
            equal_to([1, 2, 3], [3, 2, 1], "labels_")
        with pytest.raises(Finding):
            gap_at_most(5.0, 1.0, "gap")
    assert {name: made.error for name, made in notes.errors.items()} == {"coef_": 2.0, "labels_": 2.0, "gap": 5.0}


def test_an_infinite_error_is_noted_as_a_number():
    """JSON has no infinity, so the ledger has none."""
    with ledger() as notes, pytest.raises(Finding):
        close_to([1e308], [-1e308], 1e-6, "x", scale=1e-300)
    assert notes.worst is not None
    assert math.isfinite(notes.worst.error)


def test_ledgers_do_not_mix():
    """An inner ledger keeps its notes to itself, and outside any nothing is kept."""
    at_most(0.0, 1.0, "outside")
    with ledger() as outer:
        with ledger() as inner:
            at_most(0.5, 1.0, "inner")
        at_most(0.1, 1.0, "outer")
    assert set(inner.errors) == {"inner"}
    assert set(outer.errors) == {"outer"}
    with ledger() as empty:
        pass
    assert empty.worst is None
