"""Values on the wire: every kind comes back as it was, and a hostile frame is refused before it costs anything."""

import json
import math
import socket
import struct
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sandbox.errors import WireError
from sandbox.frames import BODY_CAP, pack
from sandbox.wire import DEPTH_CAP, DTYPES, INTEGER_BITS_CAP, NDIM_CAP, Decoder, Encoder, clean, receive, send

MIB = 1 << 20
SOCKET_BYTES = 100_000  # less than a local socket holds, so that one thread can write and read


class Resolved(str):
    """What a decoder made of an object that stayed behind."""

    __slots__ = ()


def keep(value: object):
    return {"object": 7, "type": type(value).__name__}


def resolve(tree):
    return Resolved(tree["type"])


def exchange(header, arrays=()):
    """Send one frame over a local socket and receive it."""
    reader, writer = socket.socketpair()
    with reader, writer:
        send(writer, header, arrays)
        return receive(reader, time.monotonic() + 10)


def there_and_back(value):
    encoder = Encoder(keep)
    tree = encoder.encode(value)
    header, arrays = exchange({"value": tree}, encoder.arrays)
    return Decoder(arrays, resolve).decode(header["value"])


def decode(tree, arrays=()):
    return Decoder(list(arrays), resolve).decode(tree)


def is_same_number(first, second) -> bool:
    """Compare floats as values with a sign: NaN equals NaN, and 0.0 is not -0.0."""
    return (math.isnan(first) and math.isnan(second)) or (
        first == second and math.copysign(1, first) == math.copysign(1, second)
    )


def is_same(first, second) -> bool:
    """Tell whether two values are equal in kind, and equal."""
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray | np.generic):
        is_text = first.dtype.kind == "U"
        return (
            first.shape == second.shape
            and (is_text or first.dtype == second.dtype)
            and (np.array_equal(first, second) if is_text else first.tobytes() == second.tobytes())
        )
    if isinstance(first, float):
        return is_same_number(first, second)
    if isinstance(first, complex):
        return is_same_number(first.real, second.real) and is_same_number(first.imag, second.imag)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(is_same, first, second))
    if isinstance(first, dict):
        return is_same(list(first.items()), list(second.items()))
    return first == second


# Text that UTF-8 can hold; what becomes of lone surrogates is a test of its own.
TEXTS = st.text(max_size=12)
# NumPy drops the NULs at a string's end.
ARRAY_TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)
INTEGERS = st.integers() | st.integers(-(2**INTEGER_BITS_CAP) + 1, 2**INTEGER_BITS_CAP - 1)
PLAIN = st.none() | st.booleans() | INTEGERS | st.floats() | st.complex_numbers() | TEXTS
SHAPES = npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
NUMERIC_ARRAYS = st.one_of([npst.arrays(np.dtype(dtype), SHAPES) for dtype in sorted(DTYPES)])
TEXT_ARRAYS = npst.arrays(st.just("<U6"), SHAPES, elements=ARRAY_TEXTS)
SCALARS = st.one_of([npst.from_dtype(np.dtype(dtype)).map(np.dtype(dtype).type) for dtype in sorted(DTYPES)])
KEYS = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.floats() | TEXTS | SCALARS.filter(lambda s: s == s),  # noqa: PLR0124 - leaves out nan
    lambda inner: st.tuples(inner, inner),
    max_leaves=3,
)
VALUES = st.recursive(
    PLAIN | NUMERIC_ARRAYS | SCALARS | TEXT_ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=80)
@given(VALUES)
@example(-0.0)
@example(complex(-0.0, math.nan))
@example((2**INTEGER_BITS_CAP - 1, -(2**INTEGER_BITS_CAP) + 1))
@example({(1, "a"): {None: np.float64("nan")}, 2.5: ()})
@example([np.array(5.0), np.float32(5), np.array("text"), np.empty((0, 3)), np.array([], dtype=str)])
def test_a_value_comes_back_as_it_was(value):
    """Plain values, arrays, scalars and their nestings keep kind, dtype, shape and every bit."""
    assert is_same(there_and_back(value), value)


@settings(deadline=None, max_examples=50)
@given(NUMERIC_ARRAYS, st.booleans(), st.booleans())
def test_an_array_keeps_its_order_and_its_protection(array, is_fortran, is_readonly):
    """Fortran order and the read-only flag cross, as solutions can tell them apart."""
    made = np.array(array, order="F" if is_fortran else "C")
    made.flags.writeable = not is_readonly
    back = there_and_back(made)
    assert is_same(back, made)
    assert back.flags.writeable is not is_readonly
    assert back.flags.f_contiguous == made.flags.f_contiguous
    assert back.flags.c_contiguous == made.flags.c_contiguous


@pytest.mark.parametrize(
    "view",
    [
        np.arange(24.0).reshape(4, 6)[::2, 1::3],
        np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2),
        np.arange(5)[::-1],
        np.broadcast_to(np.array([1.0, 2.0]), (3, 2)),
        np.arange(6, dtype=">i4").reshape(2, 3),
    ],
)
def test_a_view_comes_back_as_the_numbers_it_shows(view):
    """Strided, reversed, broadcast and big-endian views arrive as plain arrays of the same values."""
    back = there_and_back(view)
    np.testing.assert_array_equal(back, view)
    assert back.dtype == view.dtype.newbyteorder("<")
    assert back.flags.c_contiguous


def test_extended_precision_becomes_double():
    """Long doubles, which differ from machine to machine, are sent as float64 and complex128."""
    assert is_same(there_and_back(np.array([1.5], dtype=np.longdouble)), np.array([1.5]))
    assert is_same(there_and_back(np.clongdouble(1 + 2j)), np.complex128(1 + 2j))


def test_a_frame_larger_than_a_socket_holds_crosses():
    """Large arrays are sent and received in pieces, several of them in one frame."""
    arrays = [np.arange(400_000.0).reshape(400, 1000), np.asfortranarray(np.arange(90_000).reshape(300, 300))]
    reader, writer = socket.socketpair()
    with reader, writer:
        thread = threading.Thread(target=send, args=(writer, {"n": 1}, arrays))
        thread.start()
        header, received = receive(reader, time.monotonic() + 20)
        thread.join()
    assert header == {"n": 1}
    assert all(map(is_same, received, arrays))
    assert received[1].flags.f_contiguous


def test_a_received_array_owns_its_memory():
    """Two arrays of a frame share no memory, so writing to one leaves the other alone."""
    _, (first, second) = exchange({}, [np.zeros(3), np.zeros(3)])
    first += 1
    np.testing.assert_array_equal(second, np.zeros(3))


# What stays behind.


@pytest.mark.parametrize(
    "value",
    [
        object(),
        b"bytes",
        {1, 2},
        range(3),
        2**INTEGER_BITS_CAP,
        -(2**INTEGER_BITS_CAP),
        np.array([None]),
        np.array([[1], [2, 3]], dtype=object),
        np.array(["2026-01-01"], dtype="datetime64[D]"),
        np.datetime64("2026-01-01"),
        np.timedelta64(3, "s"),
        np.array([b"bytes"]),
        np.bytes_(b"bytes"),
        np.array([(1, 2.0)], dtype="i4,f8"),
        np.void(b"ab"),
        np.zeros((1,) * (NDIM_CAP + 1)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_stays_behind(value):
    """Objects, object and datetime arrays, and integers too long to print are named, not sent."""
    assert there_and_back(value) == type(value).__name__
    assert there_and_back([1, (value,)]) == [1, (type(value).__name__,)]


def test_the_object_that_stays_behind_is_the_value_itself():
    """`opaque` is called with the very object, so that a worker can keep it."""
    kept = []
    one = object()
    Encoder(lambda value: kept.append(value) or {"object": 0}).encode({"a": [one]})
    assert kept == [one]


def nested(depth: int, wrap=lambda inner: [inner]):
    value = 1
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: (v,), lambda v: {"k": v}], ids=["list", "tuple", "dict"])
def test_values_nest_as_deep_as_the_cap_and_no_deeper(wrap):
    """The deepest allowed nesting comes back; what is deeper stays behind from there on."""
    assert there_and_back(nested(DEPTH_CAP, wrap)) == nested(DEPTH_CAP, wrap)
    deepest = there_and_back(nested(DEPTH_CAP + 5, wrap))
    for _ in range(DEPTH_CAP):
        (deepest,) = deepest.values() if isinstance(deepest, dict) else deepest
    assert isinstance(deepest, Resolved)


def test_a_list_that_holds_itself_ends():
    """A cycle stays behind at the cap instead of running for ever."""
    cycle: list = []
    cycle.append(cycle)
    value = there_and_back(cycle)
    for _ in range(DEPTH_CAP):
        (value,) = value
    assert value == "list"


def test_what_a_subclass_overrides_is_not_run():
    """Subclasses of plain types are sent as the plain value that they hold."""

    def explode(*_args):
        raise AssertionError("an override ran")

    bad = dict.fromkeys(
        ["__index__", "__int__", "__float__", "__complex__", "__str__", "__repr__", "__iter__", "__len__", "items"],
        explode,
    ) | {"__eq__": explode, "__hash__": lambda _self: 1, "bit_length": explode, "real": property(explode)}
    made = {kind: type("Evil", (kind,), bad) for kind in (int, float, complex, str, list, tuple, dict)}
    values = [made[int](5), made[float](0.5), made[complex](1j), made[str]("s"), made[list]([1]), made[tuple]((1,))]
    assert is_same(there_and_back([*values, made[dict]({"k": 1})]), [5, 0.5, 1j, "s", [1], (1,), {"k": 1}])


# Text.


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(categories=["Cs", "L", "N"]), max_size=10))
@example("\ud800")
@example("a\udfffb")
@example("\ud83d\ude00")
def test_lone_surrogates_are_cleaned(text):
    """Received text can always be encoded, and text that could be before is unchanged."""
    back = there_and_back([text, {text: 1}])
    # JSON reads a pair of surrogates as the one character that they stand for.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert back == [whole.replace("\ufffd", "?"), {whole.replace("\ufffd", "?"): 1}]
    back[0].encode("utf-8")
    assert clean(back[0]) == back[0]


def test_surrogates_in_arrays_are_cleaned():
    """Arrays of strings are cleaned element by element."""
    assert there_and_back(np.array(["a\ud800", "é"])).tolist() == ["a?", "é"]


# Hostile trees.


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"unknown": 1},
        {"array": 0},
        {"array": -1},
        {"array": "0"},
        {"array": 0.0},
        {"scalar": 0},
        {"scalar": None},
        {"float": "1.5"},
        {"float": "-nan"},
        {"float": 1},
        {"complex": [1.0]},
        {"complex": [1.0, 2.0, 3.0]},
        {"complex": [1, 2]},
        {"complex": ["1", "2"]},
        {"complex": [{"object": 1, "type": "x"}, 1.0]},
        {"tuple": "ab"},
        {"tuple": {}},
        {"dict": [1]},
        {"dict": [[1]]},
        {"dict": [[1, 2, 3]]},
        {"dict": [[[1], 2]]},
        {"dict": [[{"dict": []}, 2]]},
        {"dict": {"a": 1}},
        {"text": ["a"]},
        {"text": ["a"], "shape": [2]},
        {"text": ["a"], "shape": [-1]},
        {"text": ["a"], "shape": [True]},
        {"text": ["a"], "shape": [1.0]},
        {"text": ["a"], "shape": ["1"]},
        {"text": [1], "shape": [1]},
        {"text": [["a"]], "shape": [1]},
        {"text": ["a"], "shape": [1] * (NDIM_CAP + 1)},
        {"text": [], "shape": [0, BODY_CAP + 1]},
        {"object": "1"},
    ],
    ids=json.dumps,
)
def test_a_tree_that_is_no_value_is_a_wire_error(tree):
    """Unknown tags, wrong types, indices out of range and keys that cannot be keys are refused."""
    with pytest.raises(WireError):
        decode(tree)
    with pytest.raises(WireError):
        decode([1, {"tuple": [tree]}])


def test_a_scalar_must_be_a_single_element():
    """An array of one axis is not taken for a scalar; one without axes is."""
    with pytest.raises(WireError):
        decode({"scalar": 0}, [np.zeros(1)])
    assert is_same(decode({"scalar": 0}, [np.array(2.5)]), np.float64(2.5))


def test_a_tree_deeper_than_an_encoder_makes_is_refused():
    """Deep nesting is refused long before Python's recursion limit."""
    for wrap in (lambda v: [v], lambda v: {"tuple": [v]}, lambda v: {"dict": [[1, v]]}):
        with pytest.raises(WireError, match="deeply"):
            decode(nested(DEPTH_CAP + 2, wrap))
        with pytest.raises(WireError, match="deeply"):
            decode(nested(500, wrap))


def test_short_strings_that_one_long_one_would_pad_are_refused_before_they_are_padded():
    """NumPy would give each of a million empty strings the room of the longest."""
    tree = {"text": ["x" * 1000, *[""] * 100_000], "shape": [100_001]}
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="too large"):
            decode(tree)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * MIB


JSON_TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats(-1, 1) | st.sampled_from(["nan", "inf", "a", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["array", "scalar", "float", "complex", "tuple", "dict", "text", "shape", "object", "type"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=80)
@given(JSON_TREES)
def test_an_arbitrary_tree_is_a_value_or_a_wire_error(tree):
    """Decoding raises nothing but WireError, whatever JSON comes."""
    try:
        Decoder([np.array(1.0), np.zeros(2)], lambda _: None).decode(tree)
    except WireError:
        return


# Hostile frames.


def described(**changes):
    return {"dtype": "<f8", "shape": [2], "order": "C", "readonly": False} | changes


def receive_layouts(layouts, body: bytes = b"", *, announced: int | None = None, is_open: bool = False):
    """Receive a frame whose header describes its arrays by `layouts`."""
    reader, writer = socket.socketpair()
    with reader, writer:
        writer.sendall(pack({"arrays": layouts}, len(body) if announced is None else announced) + body)
        if not is_open:
            writer.shutdown(socket.SHUT_WR)
        return receive(reader, time.monotonic() + 5)[1]


def test_a_frame_that_is_described_by_hand_is_taken():
    """The layouts that the refusals below are made from are themselves right."""
    (array,) = receive_layouts([described()], struct.pack("<dd", 1.0, 2.0))
    assert is_same(array, np.array([1.0, 2.0]))


@pytest.mark.parametrize(
    "layout",
    [
        None,
        [],
        {},
        {"dtype": "<f8"},
        described(dtype="object"),
        described(dtype="|O"),
        described(dtype="<M8[s]"),
        described(dtype=">f8"),
        described(dtype="<f16"),
        described(dtype="|S2"),
        described(dtype="|V16"),
        described(dtype="<U2"),
        described(dtype="f8,f8"),
        described(dtype="float64"),
        described(dtype=None),
        described(order="A"),
        described(order=None),
        described(readonly=0),
        described(readonly=None),
        described(shape=2),
        described(shape=["2"]),
        described(shape=[2.0]),
        described(shape=[True, 2]),
        described(shape=[-2]),
        described(shape=[-1, -2]),
        described(shape=[None]),
        described(shape=[2] + [1] * NDIM_CAP),
    ],
    ids=str,
)
def test_an_array_described_in_any_other_way_is_refused(layout):
    """Only listed dtypes, real shapes and known orders are made into arrays."""
    with pytest.raises(WireError):
        receive_layouts([layout], bytes(16))


@pytest.mark.parametrize(
    ("layouts", "announced"),
    [
        ([described(shape=[BODY_CAP // 8 + 1])], BODY_CAP),
        ([described(shape=[BODY_CAP])], 0),
        ([described(shape=[1 << 20, 1 << 20])], 16),
        ([described(shape=[BODY_CAP] * NDIM_CAP)], 0),
        ([described(shape=[2**63])], 0),
        ([described(shape=[2**61])], 0),  # 2**61 elements of 8 bytes are 0 bytes in 64-bit arithmetic
        ([described(shape=[0, BODY_CAP])], 0),
        ([described(shape=[BODY_CAP, 0, BODY_CAP])], 0),
        ([described(shape=[BODY_CAP // 8])], 16),
        ([described(shape=[BODY_CAP // 8])] * 2, BODY_CAP),
        ([described(shape=[BODY_CAP // 8])] * 100, BODY_CAP),
        ([described()], BODY_CAP),
        ([], BODY_CAP),
        ({"not": "a list"}, 16),
    ],
    ids=str,
)
def test_lying_sizes_are_refused_before_memory_is_taken(layouts, announced):
    """An array that is too large, or does not add up to the body, is never allocated nor waited for."""
    tracemalloc.start()
    started = time.monotonic()
    try:
        with pytest.raises(WireError):
            receive_layouts(layouts, announced=announced, is_open=True)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MIB
    assert time.monotonic() - started < 4


def test_a_body_that_ends_early_is_an_end_of_file():
    """A frame that promises more than it brings says that the other side is gone."""
    with pytest.raises(EOFError):
        receive_layouts([described()], bytes(8), announced=16)


def test_a_body_that_stalls_times_out():
    """The deadline holds within the body too."""
    reader, writer = socket.socketpair()
    with reader, writer:
        writer.sendall(pack({"arrays": [described()]}, 16) + bytes(8))
        with pytest.raises(TimeoutError):
            receive(reader, time.monotonic() + 0.05)


def test_a_frame_beyond_the_cap_is_not_sent():
    """The sender refuses what the receiver would, and writes nothing of it."""
    reader, writer = socket.socketpair()
    with reader, writer:
        with pytest.raises(WireError):
            send(writer, {}, [np.broadcast_to(np.float64(0), (BODY_CAP // 8 + 1,))])
        reader.setblocking(False)
        with pytest.raises(BlockingIOError):
            reader.recv(1)


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "dtype": st.sampled_from([*sorted(DTYPES), "|O", "<U1", "<M8[s]", None]),
            "shape": st.lists(st.integers(-1, 5) | st.just(2**40), max_size=4) | st.none(),
            "order": st.sampled_from(["C", "F", "K"]),
            "readonly": st.booleans(),
        }
    ),
    st.binary(max_size=64),
)
def test_an_arbitrary_layout_is_an_array_of_its_body_or_a_wire_error(layout, body):
    """What is received has exactly the bytes that came."""
    try:
        (array,) = receive_layouts([layout], body)
    except WireError:
        return
    assume(array.size)
    assert array.tobytes(order=layout["order"]) == body
    assert list(array.shape) == layout["shape"]
