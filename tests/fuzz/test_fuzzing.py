"""Hostile bytes: whatever a reader of the trusted side is fed, it ends as documented and takes little."""

import contextlib
import fcntl
import json
import math
import random
import socket
import struct
import termios
import threading
import time
import tracemalloc

import fuzz_targets
import numpy as np
import pytest
from fuzz_targets import (
    BODY_CAP,
    BYTES_PER_BYTE,
    HEADER_CAP,
    LENGTHS,
    ODD_NUMBERS,
    ODD_TEXTS,
    ODD_VALUES,
    TAGS,
    TARGETS,
    check,
    frame_of,
    framed,
    line_of,
    spoiled_data,
    stream_of,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge import remote
from judge.errors import JudgeError, Over, RunOver
from judge.remote import Conversation, Remote
from judge.report import Report
from judge.transcript import Transcript
from sandbox import frames, wire
from sandbox.errors import WireError

MIB = 1 << 20
CONVERSATIONS = ("conversation_get", "conversation_call", "conversation_load")
every_target = pytest.mark.parametrize("name", list(TARGETS))
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def many(examples: int):
    return settings(deadline=None, max_examples=examples, suppress_health_check=QUIET)


# Strategies.

ODD = st.sampled_from([*ODD_NUMBERS, *ODD_VALUES, *TAGS])
TEXTS = st.text(st.characters(), max_size=6)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(TAGS) | TEXTS, inner, max_size=3),
    max_leaves=12,
)
SIDES = st.integers(0, 4) | st.sampled_from(ODD_NUMBERS)
LAYOUTS = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from([*sorted(fuzz_targets.DTYPES), "|O", "<U2", ">f8", "<M8[s]", "<f16", "f8,f8", ""]),
        "shape": st.lists(SIDES, max_size=3) | st.lists(st.just(1), min_size=15, max_size=18),
        "order": st.sampled_from(["C", "C", "F", "A", None]),
        "readonly": st.booleans() | ODD,
    },
    optional={"extra": ODD},
)
NAMED = st.sampled_from([{"array": 0}, {"array": 1}, {"array": -1}, {"scalar": 0}, [{"array": 0}, {"array": 0}]])
HEADERS = st.dictionaries(st.sampled_from(TAGS), TREES, max_size=3) | st.fixed_dictionaries(
    {"value": TREES | NAMED, "arrays": st.lists(LAYOUTS, max_size=3) | TREES}, optional={"changed": TREES}
)
RAISED = st.fixed_dictionaries(
    {"raised": st.fixed_dictionaries(dict.fromkeys(("type", "bases", "message", "traceback"), TREES)) | TREES}
)


def promised(header) -> int:
    """Return how large a body a header promises, where that can be told."""
    with contextlib.suppress(TypeError, KeyError, ValueError, OverflowError, AttributeError, IndexError):
        sizes = [int(tree["dtype"][2:]) * math.prod(tree["shape"]) for tree in header["arrays"]]
        return int(max(0, min(sum(sizes), 4096)))
    return 0


@st.composite
def nearly_frames(draw):
    """A frame from a grammar: mostly right lengths, sometimes a text that JSON forbids, cut or continued."""
    header = draw(HEADERS | RAISED)
    text = json.dumps(header).encode()
    if draw(st.integers(0, 5)) == 0:
        # A key twice, and a value that `json.dumps` would not write.
        text = text[:-1] + (b", " if header else b"") + b'"value": ' + draw(st.sampled_from(ODD_TEXTS)) + b"}"
    body = bytes(max(0, promised(header) + draw(st.sampled_from([0, 0, 0, 0, 1, -1]))))
    announced = draw(st.sampled_from([None, None, None, 0, 1, BODY_CAP, BODY_CAP + 1, 2**64 - 1]))
    data = framed(text, body, announced)
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 4)) == 0 else data


@st.composite
def spoiled(draw, name):
    """An input that a target takes, changed in a few places, then perhaps cut, continued or overwritten."""
    reader = TARGETS[name]
    rng = draw(st.randoms(use_true_random=False))
    data = draw(st.sampled_from(SEEDS[name]))
    for _ in range(draw(st.integers(1, 4))):
        data = spoiled_data(data, reader.kind, rng)
    match draw(st.integers(0, 5)):
        case 0:
            return data[: draw(st.integers(0, len(data)))]
        case 1:
            place = draw(st.integers(0, len(data)))
            return data[:place] + draw(st.binary(max_size=9)) + data[place + draw(st.integers(0, 4)) :]
        case 2:
            return data + draw(st.sampled_from([b"\n", b"\x00" * 8, data]))
    return data


SEEDS = {name: reader.seeds() for name, reader in TARGETS.items()}
SPOILED = {name: spoiled(name) for name in TARGETS}


# Any bytes, and nearly right ones.


@every_target
@many(60)
@given(data=st.binary(max_size=300))
@example(data=b"")
def test_arbitrary_bytes_end_as_documented(name, data):
    check(name, data)
    check(name, framed(data))


@every_target
@many(200)
@given(data=st.data())
def test_spoiled_messages_end_as_documented(name, data):
    check(name, data.draw(SPOILED[name]))


@pytest.mark.parametrize("name", [name for name, reader in TARGETS.items() if reader.kind == "frame"])
@many(200)
@given(data=nearly_frames())
def test_nearly_valid_frames_end_as_documented(name, data):
    check(name, data)


@many(300)
@given(tree=TREES)
def test_arbitrary_trees_decode_as_documented(tree):
    check("decode", json.dumps(tree).encode())


@pytest.mark.parametrize("name", ["broker", "door"])
@many(100)
@given(trees=st.lists(st.dictionaries(st.sampled_from(TAGS), TREES, max_size=4), max_size=3))
def test_arbitrary_objects_in_lines_end_as_documented(name, trees):
    check(name, line_of(*trees))


@every_target
@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: text[:12].decode())
def test_what_json_forbids_ends_as_documented(name, text):
    """NaN, overflowing floats, thousands of digits and brackets: as a value, and in every tag that holds numbers."""
    for form in (b'{"value": %s}', b'{"value": {"object": %s}}', b'{"changed": [%s], "value": 1}', b"%s"):
        written = form % text
        check(name, framed(written) if TARGETS[name].kind == "frame" else written + b"\n")


@every_target
def test_a_message_cut_at_any_byte_ends_as_documented(name):
    reader = TARGETS[name]
    for seed in reader.seeds()[-3:]:
        for cut in range(len(seed)):
            reader(seed[:cut])


@every_target
def test_the_seeds_are_taken(name):
    """What mutations start from is right: a target that refused it would be fuzzed from its doorstep only."""
    outcomes = [check(name, seed) for seed in SEEDS[name]]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, WireError | EOFError | RunOver)]
    # Only a list of names is an answer to `load`, and what changed is told of calls alone.
    expected = {"conversation_load": len(outcomes) - 2, "conversation_get": 1}
    assert len(refusals) == expected.get(name, 0), refusals


# Valid frames.


@many(100)
@given(
    st.dictionaries(TEXTS.filter(lambda text: text != "arrays"), TREES.filter(lambda tree: tree == tree), max_size=3),  # noqa: PLR0124 - leaves out nan
    st.lists(
        st.one_of(
            [npst.arrays(np.dtype(d), npst.array_shapes(min_dims=0, min_side=0)) for d in sorted(fuzz_targets.DTYPES)]
        ),
        max_size=3,
    ),
    st.sampled_from("CF"),
)
def test_a_received_frame_is_sent_on_byte_for_byte(header, arrays, order):
    """Header, dtypes, shapes, orders and bytes: receiving loses and adds nothing."""
    frame = frame_of(header, tuple(np.asarray(array, order=order) for array in arrays))
    received = TARGETS["receive"](frame)
    assert frame_of(*received) == frame
    assert received[0] == json.loads(json.dumps(header))


# What a frame costs.


def traced_peak(function) -> int:
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


DENSEST = {
    "lists": b"[" + b"[[]]," * 20_000 + b"[]]",
    "deep lists": b"[" + (b"[" * 22 + b"]" * 22 + b",") * 1000 + b"[]]",
    "objects": b"[" + b'{"a":{}},' * 15_000 + b"{}]",
    "tags": b"[" + b'{"tuple":[{"dict":[]}]},' * 4_000 + b"{}]",
    "handles": b"[" + b'{"object":1},' * 8_000 + b'{"object":2}]',
    "wide text": b'["' + b"a" * 100_000 + '\U0001f600"]'.encode(),
    "empty text": b"[" + b'{"text":[],"shape":[]},' * 8_000 + b"1]",
    "texts": b'{"text":[' + b'"a",' * 50_000 + b'"a"],"shape":[50001]}',
}


@pytest.mark.parametrize("name", ["receive", "decode", "conversation_call", "door"])
@pytest.mark.parametrize("kind", DENSEST)
def test_the_densest_json_takes_a_bounded_multiple_of_itself(name, kind):
    """Empty lists and objects are what JSON makes most memory of."""
    text = DENSEST[kind]
    message = {"frame": framed(b'{"value":%s}' % text), "lines": b'{"suite":%s}\n' % text, "json": text}
    check(name, message[TARGETS[name].kind])


def test_the_multiple_is_what_the_densest_json_needs():
    """The bound is not far above the worst case: it would notice a second copy."""
    data = framed(b'{"value":%s}' % DENSEST["deep lists"])
    assert traced_peak(lambda: TARGETS["conversation_call"](data)) > BYTES_PER_BYTE / 2 * len(data)


def resident_bytes() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def test_an_announced_body_is_reserved_at_once_and_resident_only_as_it_comes():
    """A short frame that announces 256 MiB costs address space; memory is taken by the bytes that arrive."""
    layout = {"dtype": "|u1", "shape": [BODY_CAP], "order": "C", "readonly": False}
    data = framed(json.dumps({"arrays": [layout]}).encode(), announced=BODY_CAP) + bytes(4 * MIB)
    seen: list[int] = []
    reader, writer = socket.socketpair()

    def write():
        before = resident_bytes()
        with writer:
            writer.sendall(data)
            # Once nothing waits in the socket, the reader is inside the body.
            while struct.unpack("i", fcntl.ioctl(writer, termios.TIOCOUTQ, bytes(4)))[0]:
                time.sleep(0.001)
            seen.append(resident_bytes() - before)

    thread = threading.Thread(target=write)

    def read():
        thread.start()
        with pytest.raises(EOFError):
            wire.receive(reader, time.monotonic() + 20)

    with reader:
        peak = traced_peak(read)
    thread.join()
    assert BODY_CAP <= peak < BODY_CAP + MIB
    assert seen[0] < 16 * MIB


def test_an_announced_header_is_reserved_up_to_its_cap():
    """Twelve bytes can reserve a header's cap, and no more."""
    for size, allowed in ((HEADER_CAP, HEADER_CAP + 64_000), (HEADER_CAP + 1, 64_000)):
        assert traced_peak(lambda size=size: TARGETS["receive_header"](LENGTHS.pack(size, 0))) < allowed


# What fuzzing and reading found; each was an exception, gigabytes or minutes before.


def as_answer(**reply) -> bytes:
    return framed(json.dumps(reply).encode())


def raised(**changes):
    return {"type": "E", "bases": [], "message": "", "traceback": []} | changes


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_line_number_beyond_all_numbers_is_malformed(name):
    data = framed(json.dumps({"raised": raised(traceback=[[0, "f", "x"]])}).encode().replace(b"[[0,", b"[[1e999,"))
    outcome = check(name, data)
    assert isinstance(outcome, RunOver)
    assert outcome.over is Over.MALFORMED


@pytest.mark.parametrize(
    "reply",
    [
        {"changed": [[0, "\ud800"]], "value": 1},
        {"value": {"object": 1, "type": "\ud800"}},
        {"raised": raised(type="\ud800", message="\udfff")},
        {"value": ["\ud800", {"dict": [["\ud800", 1]]}]},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_no_text_of_an_answer_is_unprintable(name, reply):
    """`check` writes out what a report would be made of."""
    check(name, as_answer(**reply))


def test_what_is_said_to_have_changed_stays_short():
    """A run says which of a call's arguments changed; a million names are not kept."""
    with stream_of(as_answer(changed=[[0, f"{i}" * 100] for i in range(3000)], value=1)) as stream:
        conversation = Conversation(fuzz_targets._Run(stream), 5.0)
        conversation.call(Remote(conversation, 0, "module", "submission"), (), {})
    assert 0 < len(conversation.changed) <= 64
    assert max(map(len, conversation.changed)) < 300


def test_numbers_complex_within_complex_are_refused():
    """The depth counts in the parts of complex numbers too, and not Python's stack."""
    tree = 1.0
    for _ in range(400):
        tree = {"complex": [tree, 1.0]}
    assert isinstance(check("decode", json.dumps(tree).encode()), WireError)


@pytest.mark.parametrize("shape", [[0, 2**28, 2**28, 2**28], [0, BODY_CAP, 2]])
def test_an_empty_array_of_strings_of_absurd_sides_is_refused(shape):
    assert isinstance(check("decode", json.dumps({"text": [], "shape": shape}).encode()), WireError)


def test_arrays_of_strings_share_one_cap(monkeypatch):
    """Each is small enough when padded, and a frame of thousands of them is not."""
    monkeypatch.setattr(wire, "BODY_CAP", MIB)
    one = {"text": ["x" * 1000] + [""] * 200, "shape": [201]}
    assert isinstance(check("decode", json.dumps(one).encode()), np.ndarray)
    data = json.dumps([one] * 20).encode()
    assert isinstance(check("decode", data), WireError)
    assert traced_peak(lambda: TARGETS["decode"](data)) < 3 * MIB


def test_an_array_is_named_once():
    """One array in a hundred thousand places would be written out as often in a transcript."""
    assert isinstance(check("decode", b'[{"array":1},{"array":1}]'), WireError)
    assert isinstance(check("decode", b'[{"scalar":0},{"array":1}]'), list)


def colliding_keys(count: int) -> bytes:
    """Return a dict whose keys have one hash: Python's is the remainder by 2**61 - 1."""
    return json.dumps({"dict": [[k * (2**61 - 1), 0] for k in range(1, count + 1)]}).encode()


def test_keys_that_collide_are_refused():
    assert isinstance(check("decode", colliding_keys(40_000)), WireError)
    assert len(check("decode", colliding_keys(wire.COLLISIONS_CAP))) == wire.COLLISIONS_CAP
    assert check("decode", b'{"dict": [[-1, 1], [-2, 2], [0, 3]]}') == {-1: 1, -2: 2, 0: 3}


@pytest.mark.parametrize("number", [True, -1, 2**61 - 1, 10**4000])
def test_a_handle_is_a_small_number(number):
    """They are keys of a dict as well, and are sent back as they came."""
    assert isinstance(check("decode", json.dumps({"object": number}).encode()), WireError)


@pytest.mark.parametrize("name", ["conversation_get", "conversation_call"])
def test_thousands_of_objects_are_named_in_linear_time(name):
    check(name, as_answer(value=[{"object": n, "type": "Node"} for n in range(1, 6_000)]))


def test_names_of_objects_stay_distinct():
    transcript = Transcript()
    named = [transcript.name(n, kind)[0] for n, kind in enumerate(["a", "a3", "a", "a", "a", "A", "np", "a2", "?"])]
    assert named == ["a", "a3", "a2", "a4", "a5", "a6", "np2", "a22", "result"]


def test_many_arrays_below_the_cap_are_not_written_out(monkeypatch):
    """Each would stay in a report; together they are a hundred times what a report holds."""
    arrays = tuple(np.zeros(2000, dtype=np.int8) for _ in range(20))
    monkeypatch.setattr(fuzz_targets, "ELEMENTS_CAP", 10_000)
    data = frame_of({"value": [{"array": place} for place in range(20)]}, arrays)
    with stream_of(data) as stream:
        conversation = Conversation(fuzz_targets._Run(stream), 5.0)
        conversation.get(Remote(conversation, 0, "module", "submission"), "x")
    assert len(conversation.transcript.to_json(40_000)) == 1
    assert conversation.transcript.to_json(39_999) == []


def test_answers_have_a_cap_in_all(monkeypatch):
    """A transcript keeps every answer: a suite that asks often must not be filled by it."""
    monkeypatch.setattr(remote, "_RECEIVED_CAP", 2000)
    with stream_of(frame_of({"value": {"array": 0}}, (np.zeros(100),)) * 3) as stream:
        conversation = Conversation(fuzz_targets._Run(stream), 5.0)
        submission = Remote(conversation, 0, "module", "submission")
        assert conversation.get(submission, "x").shape == (100,)
        assert conversation.get(submission, "x").shape == (100,)
        with pytest.raises(RunOver, match="in all"):
            conversation.get(submission, "x")


def test_plain_lists_count_as_answers_too(monkeypatch):
    monkeypatch.setattr(remote, "_RECEIVED_CAP", 2000)
    with stream_of(as_answer(value=[0] * 100)) as stream:
        conversation = Conversation(fuzz_targets._Run(stream), 5.0)
        with pytest.raises(RunOver, match="in all"):
            conversation.get(Remote(conversation, 0, "module", "submission"), "x")


def test_a_peer_that_goes_with_something_unread_is_an_end_of_file():
    """The kernel calls that a reset, and a run does it by not reading what it is asked."""
    reader, writer = socket.socketpair()
    with reader:
        reader.sendall(b"unread")
        writer.close()
        with pytest.raises(EOFError):
            frames.receive_header(reader, time.monotonic() + 5)


OPEN = {"do": "open", "limits": {}, "environment": {}}


@pytest.mark.parametrize(
    "request_line",
    [
        line_of(OPEN | {"environment": []}),
        line_of(OPEN | {"environment": {"distributions": "numpy"}}),
        line_of(OPEN | {"environment": {"preload": [[]]}}),
        line_of(OPEN | {"limits": {"wall_seconds": "5"}}),
        line_of(OPEN | {"limits": {"memory_mib": 1.5}}),
        line_of(OPEN | {"limits": []}),
        line_of({"do": ["open"]}),
        line_of({"do": "start", "session": [], "may_fork": 1}),
        line_of([]),
    ],
    ids=lambda line: line.decode().strip(),
)
def test_a_request_of_wrong_types_is_answered_with_an_error(request_line):
    """The service goes on, and nothing is opened for it."""
    first, second = check("broker", request_line + line_of(OPEN)).splitlines()
    assert "error" in json.loads(first)
    assert json.loads(second) == {"session": 1}


def test_a_request_nested_too_deeply_ends_the_service():
    assert check("broker", b"[" * 20_000 + b"\n" + line_of(OPEN)) == b""


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 20_000 + b"\n",
        line_of({"case": fuzz_targets.asdict(fuzz_targets._CASE) | {"verdict": "\ud800"}}),
        line_of({"case": fuzz_targets.asdict(fuzz_targets._CASE) | {"\ud800": 1}}),
        line_of({"suite": [["a"]]}),
    ],
    ids=["deep", "verdict", "key", "names"],
)
def test_a_grader_that_speaks_nonsense_is_a_judge_error(line):
    outcome = check("door", line)
    assert isinstance(outcome, JudgeError)


def test_a_long_line_is_read_in_linear_time():
    """Forty mebibytes come in hundreds of pieces, and are not copied for each of them."""
    report = json.dumps({"report": fuzz_targets._REPORT | {"message": "x" * (40 * MIB)}}).encode() + b"\n"
    started = time.process_time()
    assert isinstance(TARGETS["door"](report), Report)
    assert time.process_time() - started < 2


# The tests of the tests: with a check taken out of the reader, `check` fails.


def described(**changes):
    layout = {"dtype": "<f8", "shape": [1], "order": "C", "readonly": False} | changes
    return json.dumps({"value": 1, "arrays": [layout]}).encode()


NESTED = b'{"tuple":[' * 400 + b"]}" * 400
MUTANTS = {
    "a header beyond the cap": (frames, "HEADER_CAP", 1 << 31, "receive_header", LENGTHS.pack(64 * MIB, 0)),
    "a dtype off the list": (
        wire,
        "DTYPES",
        wire.DTYPES | {"<U2"},
        "receive",
        framed(described(dtype="<U2"), bytes(8)),
    ),
    "a foreign byte order": (
        wire,
        "DTYPES",
        wire.DTYPES | {">f8"},
        "receive",
        framed(described(dtype=">f8"), bytes(8)),
    ),
    "a negative shape": (wire, "_shape", tuple, "receive", framed(described(shape=[-1, -1]), bytes(8))),
    "an absurd shape": (wire, "BODY_CAP", 1 << 90, "receive", framed(described(shape=[0, 2**28, 2**28, 2**28]))),
    "too many axes": (wire, "NDIM_CAP", 64, "receive", framed(described(shape=[1] * 17), bytes(8))),
    "any depth": (wire, "DEPTH_CAP", 1 << 20, "decode", NESTED),
    "lone surrogates": (wire, "clean", str, "decode", b'"\\ud800"'),
    "keys that collide": (wire, "COLLISIONS_CAP", 1 << 30, "decode", colliding_keys(12_000)),
    "a body that is not waited for": (wire, "fill", lambda *_: None, "receive", framed(described(), bytes(4), 8)),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_reader_without_its_check_is_caught(mutant, monkeypatch):
    module, attribute, broken, name, data = MUTANTS[mutant]
    monkeypatch.setattr(fuzz_targets, "_FIXED_SECONDS", 0.4)
    monkeypatch.setattr(fuzz_targets, "_SECONDS_PER_BYTE", 2e-7)
    refused = check(name, data)
    assert isinstance(refused, WireError | str | EOFError)
    monkeypatch.setattr(module, attribute, broken)
    with pytest.raises((AssertionError, ValueError, RecursionError, TypeError)):
        check(name, data)


def test_mutations_reach_beyond_the_doorstep():
    """Of spoiled frames many are still taken: mutations keep lengths right and change values."""
    rng = random.Random(1)  # noqa: S311 - to be repeatable
    outcomes = [TARGETS["receive"](spoiled_data(seed, "frame", rng)) for seed in SEEDS["receive"] for _ in range(40)]
    taken = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    assert len(taken) > len(outcomes) / 3
