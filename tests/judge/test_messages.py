"""Messages between door and grader: one JSON object a line, whatever pieces it arrives in."""

import json
import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge import messages
from judge.errors import JudgeError
from judge.messages import Request, lines, send_line
from sandbox.contract import Environment, Limits

REQUEST = Request(
    problem="ridge",
    folder="/problems/linear/ridge",
    source="class Ridge: ...",
    seed=3,
    feedback="full",
    groups=("sample", "edge"),
    entry_points=("Ridge",),
    points={"sample": 10.0, "edge": 90.0},
    limits=Limits(wall_seconds=5.0, memory_mib=256),
    environment=Environment(),
    rival=Environment(("scikit-learn", "numpy"), ("sklearn.linear_model",)),
    scale=1.5,
    cases=("test_fit",),
    is_explained=False,
)

# Half characters by themselves are no text; they have a test of their own.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=10)
LIMITS = st.builds(Limits, wall_seconds=st.floats(0.1, 100), memory_mib=st.integers(1, 2**40))
ENVIRONMENTS = st.builds(Environment, st.lists(TEXTS, max_size=2).map(tuple), st.lists(TEXTS, max_size=2).map(tuple))
REQUESTS = st.builds(
    Request,
    problem=TEXTS,
    folder=TEXTS,
    source=st.text(st.characters(codec="utf-8"), max_size=60),
    seed=st.integers(0, 2**63 - 1),
    feedback=TEXTS,
    groups=st.lists(TEXTS, max_size=3).map(tuple),
    entry_points=st.lists(TEXTS, max_size=3).map(tuple),
    points=st.dictionaries(TEXTS, st.floats(0, 100), max_size=3),
    limits=LIMITS,
    environment=ENVIRONMENTS,
    rival=st.none() | ENVIRONMENTS,
    scale=st.floats(1, 100),
    cases=st.lists(TEXTS, max_size=2).map(tuple),
    is_explained=st.booleans(),
)


def received(*pieces: bytes) -> list:
    """Receive what is written in these pieces before the other side hangs up."""
    reader, writer = socket.socketpair()

    def write():
        for piece in pieces:
            writer.sendall(piece)
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        return list(lines(reader))
    finally:
        reader.close()
        thread.join()


@settings(deadline=None, max_examples=40)
@given(REQUESTS)
def test_a_request_survives_its_line(request):
    """What a door asks is what a grader reads, every source text included."""
    (tree,) = received(json.dumps(request.to_json()).encode() + b"\n")
    assert Request.from_json(tree) == request


def test_a_request_is_sent_as_one_line():
    """However many lines a source has, its message is one, and it is JSON."""
    reader, writer = socket.socketpair()
    with reader, writer:
        request = Request.from_json(REQUEST.to_json() | {"source": "a = 1\n\nb = '\u2028\r\n'\n"})
        send_line(writer, request.to_json())
        send_line(writer, {"more": None})
        writer.shutdown(socket.SHUT_WR)
        text = b"".join(iter(lambda: reader.recv(1 << 16), b""))
    assert text.count(b"\n") == 2
    assert text.endswith(b"\n")
    first, second = map(json.loads, text.splitlines())
    assert Request.from_json(first) == request
    assert second == {"more": None}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.dictionaries(TEXTS, st.integers() | TEXTS | st.none(), max_size=2), max_size=4), st.data())
def test_messages_may_arrive_in_any_pieces(trees, data):
    """Several in one piece, or one in several: they come out one by one, in order."""
    text = b"".join(json.dumps(tree).encode() + b"\n" for tree in trees)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert received(*pieces) == trees


def test_messages_are_handed_on_as_they_come():
    """A message is there before the next one is written."""
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.settimeout(5)
        coming = lines(reader)
        send_line(writer, {"n": 1})
        assert next(coming) == {"n": 1}
        send_line(writer, {"n": 2})
        assert next(coming) == {"n": 2}
        writer.close()
        assert list(coming) == []


def test_a_line_cut_off_by_the_end_is_no_message():
    """What a dying process has not finished is not taken for an answer."""
    assert received(b'{"n": 1}\n{"n": 2}') == [{"n": 1}]


@pytest.mark.parametrize("line", [b"", b"{", b"{} {}", b"nonsense", b"\xff", b'{"a": }', rb'"\uD800"', rb'["\udfff"]'])
def test_a_line_that_is_no_json_is_a_judge_error(line):
    """Messages before it are still handed on."""
    reader, writer = socket.socketpair()
    with reader, writer:
        writer.sendall(b'{"n": 1}\n' + line + b"\n")
        coming = lines(reader)
        assert next(coming) == {"n": 1}
        with pytest.raises(JudgeError, match="not JSON"):
            next(coming)


def test_a_line_without_end_is_a_judge_error(monkeypatch):
    """More bytes than a message may have end the conversation instead of filling memory."""
    monkeypatch.setattr(messages, "LINE_CAP", 1000)
    assert received(b'"' + b"a" * 990 + b'"\n') == ["a" * 990]
    with pytest.raises(JudgeError, match="too long"):
        received(b"a" * 1001)


def test_a_request_holds_only_plain_data():
    """A grader is told what to do by data: texts, numbers and collections of them."""
    tree = json.loads(json.dumps(REQUEST.to_json(), allow_nan=False))
    assert tree["limits"]["memory_mib"] == 256
    assert tree["rival"]["distributions"] == ["scikit-learn", "numpy"]
    assert Request.from_json(tree) == REQUEST


@pytest.mark.parametrize(
    ("name", "value"), [("seed", "3"), ("limits", None), ("groups", "sample"), ("points", []), ("source", 1)]
)
def test_a_request_of_wrong_types_is_refused(name, value):
    """Nothing half right reaches the grading."""
    with pytest.raises(ValueError, match=name):
        Request.from_json(json.loads(json.dumps(REQUEST.to_json())) | {name: value})
