"""What is fuzzed: each function of the trusted side that reads what a hostile process wrote.

A target takes the bytes that the other side wrote before it hung up. It raises
what the target's documentation names, and returns otherwise; `check` tells
whether it did, and whether it kept within memory and time. Hypothesis
(`test_fuzzing.py`) and libFuzzer (`coverage_guided.py`) share this list; a new
target is one function with `@target`.
"""

import contextlib
import json
import math
import os
import random
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from judge.errors import JudgeError, RunOver, SubmissionError
from judge.graders import CHILDREN
from judge.judging import Judge, Progress
from judge.messages import LINE_CAP, Lines
from judge.remote import Conversation, LoadError, Remote
from judge.report import CaseReport, LimitFacts, Report, TracebackLine
from judge.values import ELEMENTS_CAP
from judge.verdict import Verdict
from sandbox import frames, wire
from sandbox.broker import Broker, Terms, _Service
from sandbox.contract import Ending, Environment, Limits, Stop, Usage
from sandbox.errors import WireError
from sandbox.memory import JudgeMemory, make_area

Json = Any

# As they were when this was imported: the tests of the tests put others in their modules.
BODY_CAP, HEADER_CAP, DTYPES, NDIM_CAP = frames.BODY_CAP, frames.HEADER_CAP, wire.DTYPES, wire.NDIM_CAP
LENGTHS = struct.Struct("<IQ")
# More than this does not fit into a local socket, and is written by a thread.
_SOCKET_BYTES = 60_000
# A local socket holds this many short replies that nobody has read yet.
_REPLIES = 60
_DEADLINE_SECONDS = 20.0

# The worst found by `test_the_multiple_is_what_the_densest_json_needs`, and room for another allocator.
BYTES_PER_BYTE = 128
_FIXED_BYTES = 640 << 10
_FIXED_SECONDS = 3.0
_SECONDS_PER_BYTE = 1e-5


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of hostile bytes, what it may raise, and bytes that it takes.

    `kind` says how its input is built: a frame, lines of JSON, or one JSON text.
    """

    name: str
    kind: str
    documented: tuple[type[BaseException], ...]
    feed: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]

    def __call__(self, data: bytes) -> object:
        """Read `data`; return what was made of it, or the documented exception."""
        try:
            return self.feed(data)
        except self.documented as error:
            return error


TARGETS: dict[str, Target] = {}


def target(kind: str, *documented: type[BaseException], seeds: Callable[[], list[bytes]]):
    """Enter a function into the list of targets."""

    def enter(feed: Callable[[bytes], object]) -> Callable[[bytes], object]:
        TARGETS[feed.__name__] = Target(feed.__name__, kind, documented, feed, seeds)
        return feed

    return enter


# How much a reader may take.


def allowed_bytes(data: bytes, kind: str) -> int:
    """Return how much memory `data` may cost: a multiple of it, and what it announces within the caps."""
    allowed = _FIXED_BYTES + BYTES_PER_BYTE * len(data)
    text = data
    if kind == "frame" and len(data) >= LENGTHS.size:
        header_size, body_size = LENGTHS.unpack(data[: LENGTHS.size])
        text = data[LENGTHS.size : LENGTHS.size + header_size]
        if header_size <= HEADER_CAP and body_size <= BODY_CAP:
            allowed += header_size + body_size
            # A failed case's report lists so many elements, as Python numbers.
            allowed += 160 * min(body_size, 2 * ELEMENTS_CAP)
    with contextlib.suppress(ValueError, RecursionError):
        tree = json.loads(text)
        allowed += min(_padded_bytes(tree), BODY_CAP) + _shared_bytes(tree)
    return allowed


def _shared_bytes(tree: Json) -> int:
    """Return how much a frame copies out of shared memory, as far as that is allowed."""
    total = 0
    with contextlib.suppress(KeyError, TypeError, ValueError, OverflowError):
        if tree["shared"] is True:
            for layout in tree["arrays"]:
                total += math.prod(layout["shape"]) * np.dtype(layout["dtype"]).itemsize
    return total if 0 <= total <= BODY_CAP else 0


def _padded_bytes(tree: Json) -> int:
    """Return how much the arrays of strings in a tree take: NumPy pads every string to the longest one."""
    match tree:
        case {"text": list(items), "shape": _}:
            return 4 * len(items) * max((len(item) for item in items if isinstance(item, str)), default=0)
        case dict():
            return sum(map(_padded_bytes, tree.values()))
        case list():
            return sum(map(_padded_bytes, tree))
    return 0


def check(name: str, data: bytes) -> object:
    """Feed a target; fail unless it ends as documented, within memory and within time."""
    reader = TARGETS[name]
    tracemalloc.start()
    started = time.process_time()
    try:
        outcome = reader(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    seconds = time.process_time() - started
    allowed = allowed_bytes(data, reader.kind)
    assert peak <= allowed, f"{name} took {peak} bytes for {len(data)}; {allowed} are allowed"
    assert seconds <= _FIXED_SECONDS + _SECONDS_PER_BYTE * len(data), f"{name} took {seconds} s for {len(data)} bytes"
    return outcome


# Streams.


@contextlib.contextmanager
def stream_of(data: bytes) -> Iterator[socket.socket]:
    """Give the reading end of a stream whose other side writes `data` and hangs up."""
    reader, writer = socket.socketpair()
    with reader, writer:
        if len(data) <= _SOCKET_BYTES:
            writer.sendall(data)
            writer.shutdown(socket.SHUT_WR)
            yield reader
            return
        thread = threading.Thread(target=_write, args=(writer, data))
        thread.start()
        try:
            yield reader
        finally:
            # It may still be writing what nobody reads.
            reader.shutdown(socket.SHUT_RDWR)
            thread.join()


def _write(writer: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):
        writer.sendall(data)
        writer.shutdown(socket.SHUT_WR)


def frame_of(header: Json, arrays: tuple[wire.Array, ...] = ()) -> bytes:
    """Return what `wire.send` writes for a small frame."""
    reader, writer = socket.socketpair()
    with reader, writer:
        wire.send(writer, header, arrays)
        writer.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: reader.recv(1 << 16), b""))


def framed(text: bytes, body: bytes = b"", announced: int | None = None) -> bytes:
    """Return a frame of raw header text, with true lengths unless `announced` says otherwise."""
    return LENGTHS.pack(len(text), len(body) if announced is None else announced) + text + body


def line_of(*trees: Json) -> bytes:
    """Return JSON lines."""
    return b"".join(json.dumps(tree).encode() + b"\n" for tree in trees)


# Frames and values.


_VALUES: tuple[object, ...] = (
    None,
    True,
    -3,
    2.5,
    float("nan"),
    1j,
    "text",
    [1, [2.0]],
    (1, "a"),
    {"k": 1, (1, 2): [None]},
    np.float32(1.5),
    np.array(["a", "long"]),
    np.arange(6.0).reshape(2, 3),
    np.asfortranarray(np.arange(6, dtype=np.int16).reshape(2, 3)),
    np.empty((0, 3)),
    [np.array([True]), {"w": np.array([1j])}],
    object(),
)


def _replies() -> list[bytes]:
    """Return a run's answers: values, exceptions, changed arguments, objects that stayed behind."""
    replies = []
    for value in _VALUES:
        encoder = wire.Encoder(lambda _: {"object": 1, "type": "Model", "callable": True})
        replies.append(frame_of({"value": encoder.encode(value)}, tuple(encoder.arrays)))
    raised = {"type": "ValueError", "bases": ["ValueError", "Exception"], "message": "no", "traceback": [[3, "f", "x"]]}
    others = [
        {"raised": raised},
        {
            "changed": [[0, "1"], [0, "X"]],
            "value": [{"object": n, "type": "Node", "callable": False} for n in (1, 2, 1)],
        },
        {"value": ["KMeans", "np"]},
    ]
    return replies + [frame_of(other) for other in others]


def _trees() -> list[bytes]:
    made = []
    for value in _VALUES:
        encoder = wire.Encoder(lambda _: {"object": 1, "type": "Model"})
        made.append(json.dumps(encoder.encode(value)).encode())
    return made


@target("frame", EOFError, TimeoutError, WireError, seeds=_replies)
def receive_header(data: bytes) -> object:
    """Read a frame up to its body."""
    with stream_of(data) as stream:
        header, body_size = frames.receive_header(stream, time.monotonic() + _DEADLINE_SECONDS)
    assert isinstance(header, dict)
    assert 0 <= body_size <= BODY_CAP
    return header, body_size


@target("frame", EOFError, TimeoutError, WireError, seeds=_replies)
def receive(data: bytes) -> object:
    """Read a frame with its arrays."""
    with stream_of(data) as stream:
        header, arrays = wire.receive(stream, time.monotonic() + _DEADLINE_SECONDS)
    assert isinstance(header, dict)
    assert all(array.dtype.str in DTYPES and array.ndim <= NDIM_CAP for array in arrays)
    header_size, body_size = LENGTHS.unpack(data[: LENGTHS.size])
    place = LENGTHS.size + header_size
    assert b"".join(array.tobytes("A") for array in arrays) == data[place : place + body_size]
    return header, arrays


_AREA_BYTES = np.random.default_rng(0).bytes(1 << 20)
_AREA = make_area()
os.pwrite(_AREA, _AREA_BYTES, 0)


def _shared_replies() -> list[bytes]:
    """Return answers whose arrays lie in shared memory."""
    shapes = [[(3,)], [(2, 5), (0, 7)], [(64, 64), (1,)], [()]]
    made = []
    for several in shapes:
        layouts = [{"dtype": "<f8", "shape": list(shape), "order": "C", "readonly": False} for shape in several]
        made.append(frame_of_text({"value": {"array": 0}, "arrays": layouts, "shared": True}))
    return made


def frame_of_text(header: Json) -> bytes:
    """Return a frame without a body."""
    return framed(json.dumps(header).encode())


@target("frame", EOFError, TimeoutError, WireError, seeds=_shared_replies)
def receive_shared(data: bytes) -> object:
    """Read a frame whose arrays may lie in the run's area."""
    memory = JudgeMemory(os.dup(_AREA))
    try:
        with stream_of(data) as stream:
            header, arrays = wire.receive(stream, time.monotonic() + _DEADLINE_SECONDS, memory)
    finally:
        memory.close()
    assert isinstance(header, dict)
    is_shared = len(data) == LENGTHS.size + LENGTHS.unpack(data[: LENGTHS.size])[0]
    place = 0
    for array in arrays if is_shared else ():
        # Each begins at the next multiple of 64; what nobody wrote is zeros.
        expected = _AREA_BYTES[place : place + array.nbytes].ljust(min(array.nbytes, 1 << 20), b"\0")
        assert array.tobytes("A")[: 1 << 20] == expected
        place += -(-array.nbytes // 64) * 64
    return header, arrays


@target("json", WireError, seeds=_trees)
def decode(data: bytes) -> object:
    """Decode a tree, beside two arrays that it may name."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return None
    arrays = [np.array(1.5), np.arange(3)]
    value = wire.Decoder(arrays, lambda tree: tree["object"]).decode(tree)
    _assert_printable(value)
    return value


def _assert_printable(value: object) -> None:
    """Fail where a value holds text that no output stream can print."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        for key, item in value.items():
            _assert_printable(key)
            _assert_printable(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _assert_printable(item)


# Conversations.


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that has answered already, whatever it will be asked."""

    stream: socket.socket
    memory: None = None


def _converse(data: bytes, ask: Callable[[Conversation, Remote], object]) -> object:
    with stream_of(data) as stream:
        conversation = Conversation(_Run(stream), _DEADLINE_SECONDS)
        submission = Remote(conversation, 0, "module", "submission")
        try:
            value = ask(conversation, submission)
        finally:
            # What a report is made of: it must be JSON, and text that can be printed.
            told = [conversation.transcript.to_json(2 * ELEMENTS_CAP), sorted(conversation.changed)]
            json.dumps(told, allow_nan=False, ensure_ascii=False).encode()
    _assert_printable(value)
    if isinstance(value, Remote):
        value._type_name.encode()
    return value


@target("frame", RunOver, SubmissionError, seeds=_replies)
def conversation_get(data: bytes) -> object:
    """Read an attribute of a submission that answers with `data`."""
    return _converse(data, lambda conversation, submission: conversation.get(submission, "coef_"))


@target("frame", RunOver, SubmissionError, seeds=_replies)
def conversation_call(data: bytes) -> object:
    """Call a submission that answers with `data`."""
    return _converse(data, lambda conversation, submission: conversation.call(submission, (1, [2.0]), {"k": "v"}))


@target("frame", RunOver, LoadError, seeds=_replies)
def conversation_load(data: bytes) -> object:
    """Load a submission that answers with `data`."""
    return _converse(data, lambda conversation, _: conversation.load("x = 1", "submission", 0)[1])


# The broker.


class _BrokerRun:
    """A run that does nothing; its stream is one end of a pair of its own."""

    def __init__(self, streams: list[socket.socket]) -> None:
        self.stream, self._other = socket.socketpair()
        streams += [self.stream, self._other]
        self.descriptors = ()
        self.area = None

    def attend(self) -> None:
        pass

    def usage(self) -> Usage:
        return Usage(0.5, 10.0)

    def end(self) -> Ending:
        return Ending(Stop.KILLED, 9, self.usage(), "printed")


class _BrokerSession:
    """A session that counts whether it was closed."""

    def __init__(self, sandbox: "_BrokerSandbox") -> None:
        self._sandbox = sandbox
        self.is_closed = False

    def start(self, *, may_fork: bool = True) -> _BrokerRun:
        assert isinstance(may_fork, bool)
        return _BrokerRun(self._sandbox.streams)

    def close(self) -> None:
        self.is_closed = True


class _BrokerSandbox:
    """A sandbox that starts nothing, and insists on what its contract says about limits."""

    name, is_isolated = "none", False

    def __init__(self) -> None:
        self.sessions: list[_BrokerSession] = []
        self.streams: list[socket.socket] = []

    def open(self, limits: Limits, environment: Environment) -> _BrokerSession:
        for value in asdict(limits).values():
            assert isinstance(value, int | float), limits
        for names in (environment.distributions, environment.preload):
            assert isinstance(names, tuple), environment
            assert all(isinstance(name, str) for name in names), environment
        self.sessions.append(_BrokerSession(self))
        return self.sessions[-1]


def _requests() -> list[bytes]:
    opening = {"do": "open", "limits": asdict(Limits()), "environment": asdict(Environment())}
    whole = [
        opening,
        {"do": "start", "session": 1, "may_fork": True},
        {"do": "usage", "run": 1},
        {"do": "end", "run": 1},
        {"do": "close", "session": 1},
    ]
    return [line_of(*whole), *(line_of(opening, request) for request in whole)]


@target("lines", seeds=_requests)
def broker(data: bytes) -> object:
    """Serve a grader that asks `data`: the service ends by itself, and nothing that it opened stays open."""
    sandbox = _BrokerSandbox()
    outside, inside = socket.socketpair()
    replies: list[bytes] = []
    if is_short := len(data) <= _SOCKET_BYTES and data.count(b"\n") < _REPLIES:
        _write(outside, data)
    else:
        grader = threading.Thread(target=_ask, args=(outside, data, replies))
        grader.start()
    try:
        _Service(Broker(sandbox), inside, Terms()).serve()
    finally:
        inside.close()
        if is_short:
            _collect(outside, replies)
        else:
            grader.join()
        outside.close()
        for stream in sandbox.streams:
            stream.close()
    assert all(session.is_closed for session in sandbox.sessions)
    assert len(sandbox.sessions) <= data.count(b"\n")
    return b"".join(replies)


def _ask(outside: socket.socket, data: bytes, replies: list[bytes]) -> None:
    """Write all requests and read all replies at once, so that neither side waits for the other."""
    writer = threading.Thread(target=_write, args=(outside, data))
    writer.start()
    _collect(outside, replies)
    writer.join()


def _collect(outside: socket.socket, replies: list[bytes]) -> None:
    # A service that hung up with something unread resets the connection.
    with contextlib.suppress(ConnectionResetError):
        while True:
            text, descriptors, _, _ = socket.recv_fds(outside, 1 << 16, 8)
            for descriptor in descriptors:
                socket.close(descriptor)
            if not text:
                return
            replies.append(text)


# The door.


class _Door(Judge):
    """A judge that reads a grader's lines from a stream, and has no grader."""

    def __init__(self, stream: socket.socket) -> None:
        self._lines = Lines(stream, LINE_CAP)
        self._events = iter(self._lines)
        self._graders = CHILDREN

    def _own_facts(self, _: object) -> Json:
        return {"sandbox": {"name": "none", "isolated": False, "limits": "degraded"}, "versions": {}}


_CASE = CaseReport(
    name="test_fit",
    title="It fits",
    group="agreement",
    verdict=Verdict.WA,
    points=0.0,
    max_points=12.5,
    traceback=(TracebackLine(3, "fit", "return 1 / 0"),),
    expected={"float": "nan"},
    transcript=({"expression": "submission.fit", "args": [1], "kwargs": {}, "returned": None},),
)
_REPORT = {
    "problem": "ridge",
    "verdict": "WA",
    "score": 87.5,
    "max_score": 100.0,
    "seed": 3,
    "feedback": "full",
    "message": "",
    "limits": asdict(LimitFacts(20.0, 20.0, 1024, 1.5)),
    "cases": [asdict(_CASE)],
    "diagnosis": {"mistake": "m", "explanation": "e", "case": "c"},
}


def _events() -> list[bytes]:
    begin = [{"suite": ["test_fit"]}, {"started": "test_fit"}, {"case": asdict(_CASE)}]
    return [
        line_of(*begin, {"report": _REPORT}),
        line_of({"report": _REPORT}),
        line_of({"case": asdict(_CASE)}),
        line_of({"refusal": "no"}),
        line_of({"failure": "our fault"}),
    ]


@target("lines", JudgeError, seeds=_events)
def door(data: bytes) -> object:
    """Follow a grader that says `data`."""
    with stream_of(data) as stream:
        report = _Door(stream)._follow(None, Progress())
    assert isinstance(report, Report)
    return report


# Mutations that know the form.


TAGS = (
    *("array", "scalar", "float", "complex", "tuple", "dict", "text", "shape", "object", "type", "callable"),
    *("value", "raised", "changed", "arrays", "dtype", "order", "readonly", "bases", "message", "traceback"),
    "shared",
    *("do", "open", "start", "usage", "end", "close", "session", "run", "may_fork", "limits", "environment"),
    *("suite", "started", "case", "report", "refusal", "failure", "verdict", "cases", "nan", "inf", "-inf", "C", "F"),
    *sorted(DTYPES),
)
ODD_NUMBERS = (
    *(0, 1, -1, True, 2**31, 2**53, 2**61 - 1, 2**63, 2**64, -(2**63), 10**400),
    *(BODY_CAP, BODY_CAP + 1, 1e308, 0.5, -0.0),
)
ODD_VALUES = (
    *(None, True, False, "", "\ud800", "\x00\x1b[31m", [], {}, [[]], [1, 2, 3]),
    *({"array": 0}, {"scalar": 0}, {"array": 5}, {"float": "nan"}, {"complex": [1.0, 2.0]}, {"object": 3}),
    *({"tuple": [1]}, {"dict": [[1, 2]]}, {"text": ["a", "bb"], "shape": [2]}),
)
# What `json.dumps` does not write, put in place of a marker.
ODD_TEXTS = (b"NaN", b"-Infinity", b"1e999", b"-1e999", b"1" * 4300, b"1" * 4301, b"0." + b"1" * 5000, b"[" * 2000)
_MARKER = "a place for odd text"


def odd_value(rng: random.Random) -> Json:
    """Return a tag, a number or a value that readers have reason to fear."""
    return rng.choice(rng.choice((TAGS, ODD_NUMBERS, ODD_VALUES, (_MARKER,))))


def spoiled(tree: Json, rng: random.Random) -> Json:
    """Return `tree` with one place of it changed: replaced, removed, repeated, wrapped or renamed."""
    if not isinstance(tree, list | dict) or not tree or rng.random() < 0.15:
        return rng.choice((odd_value(rng), [tree], {rng.choice(TAGS): tree}))
    if isinstance(tree, list):
        place, copy = rng.randrange(len(tree)), list(tree)
        match rng.randrange(6):
            case 0:
                del copy[place]
            case 1:
                copy.insert(place, odd_value(rng))
            case 2:
                copy *= 2
            case _:
                copy[place] = spoiled(copy[place], rng)
        return copy
    key, items = rng.choice(list(tree)), dict(tree)
    match rng.randrange(6):
        case 0:
            del items[key]
        case 1:
            items[rng.choice(TAGS)] = odd_value(rng)
        case 2:
            items[rng.choice(TAGS)] = items.pop(key)
        case _:
            items[key] = spoiled(items[key], rng)
    return items


def spoiled_text(text: bytes, rng: random.Random) -> bytes:
    """Return a JSON text with one place changed; text that is no JSON comes back as it is."""
    try:
        tree = spoiled(json.loads(text), rng)
        written = json.dumps(tree).encode()
    except (ValueError, RecursionError):
        return text
    return written.replace(json.dumps(_MARKER).encode(), rng.choice(ODD_TEXTS))


def spoiled_data(data: bytes, kind: str, rng: random.Random) -> bytes:
    """Return an input of a target with one place of its JSON changed, and lengths that are right."""
    if kind == "json":
        return spoiled_text(data, rng)
    if kind == "lines":
        parts = data.split(b"\n")
        place = rng.randrange(len(parts))
        parts[place] = spoiled_text(parts[place], rng)
        return b"\n".join(parts)
    if len(data) < LENGTHS.size:
        return data
    size, _ = LENGTHS.unpack(data[: LENGTHS.size])
    text, body = data[LENGTHS.size : LENGTHS.size + size], data[LENGTHS.size + size :]
    return framed(spoiled_text(text, rng), body)
