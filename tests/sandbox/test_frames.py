"""Frames: what goes in comes out, and nothing that a stream can hold does worse than raise."""

import json
import socket
import struct
import threading
import time
import tracemalloc
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.errors import WireError
from sandbox.frames import BODY_CAP, HEADER_CAP, fill, pack, receive_header

LENGTHS = struct.Struct("<IQ")
MIB = 1 << 20

TEXTS = st.text(st.characters(), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


@contextmanager
def stream_of(data: bytes, *, is_open: bool = False):
    """Give the reading end of a stream that brings `data` and then ends, or stays silent while `is_open`."""
    reader, writer = socket.socketpair()
    with reader, writer:
        writer.sendall(data)
        if not is_open:
            writer.shutdown(socket.SHUT_WR)
        yield reader


def read(data: bytes):
    with stream_of(data) as stream:
        return receive_header(stream)


def framed(text: bytes, body_size: int = 0) -> bytes:
    return LENGTHS.pack(len(text), body_size) + text


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(TEXTS, TREES, max_size=5), st.integers(0, BODY_CAP))
def test_a_packed_header_is_received_as_it_was(header, body_size):
    """Any JSON object and any allowed body size come back unchanged."""
    assert read(pack(header, body_size)) == (header, body_size)


def test_frames_are_read_one_after_the_other():
    """Reading a frame takes no byte of the next one."""
    with stream_of(pack({"n": 1}) + pack({"n": 2}, 3) + b"abc") as stream:
        assert receive_header(stream) == ({"n": 1}, 0)
        assert receive_header(stream) == ({"n": 2}, 3)
        body = bytearray(3)
        fill(stream, memoryview(body), None)
        assert body == b"abc"
        with pytest.raises(EOFError):
            receive_header(stream)


def test_a_frame_that_comes_in_pieces_is_whole():
    """A frame whose bytes arrive one at a time is put together."""
    frame = pack({"text": "slowly"}, 7)
    reader, writer = socket.socketpair()
    with reader, writer:
        thread = threading.Thread(target=lambda: [writer.sendall(bytes([byte])) for byte in frame])
        thread.start()
        assert receive_header(reader, soon()) == ({"text": "slowly"}, 7)
        thread.join()


@pytest.mark.parametrize("cut", range(len(pack({"a": 1}))))
def test_a_stream_that_ends_within_a_frame_is_an_end_of_file(cut):
    """Wherever the other side stops, the reader learns that it is gone."""
    with pytest.raises(EOFError):
        read(pack({"a": 1})[:cut])


@pytest.mark.parametrize("sent", [b"", pack({"a": 1})[:5], pack({"a": 1})[:-1]])
def test_a_silent_stream_times_out(sent):
    """The deadline ends the wait for bytes that do not come, wherever in the frame they stop."""
    started = time.monotonic()
    with stream_of(sent, is_open=True) as stream, pytest.raises(TimeoutError):
        receive_header(stream, started + 0.05)
    assert 0.04 < time.monotonic() - started < 2


def test_a_trickle_does_not_put_off_the_deadline():
    """Bytes that keep coming one by one do not keep the reader beyond its deadline."""
    reader, writer = socket.socketpair()
    stop = threading.Event()

    def trickle():
        writer.sendall(LENGTHS.pack(1000, 0))
        while not stop.wait(0.01):
            writer.sendall(b" ")

    with reader, writer:
        thread = threading.Thread(target=trickle)
        thread.start()
        started = time.monotonic()
        try:
            with pytest.raises(TimeoutError):
                receive_header(reader, started + 0.1)
            waited = time.monotonic() - started
        finally:
            stop.set()
            thread.join()
    assert waited < 2


def test_a_deadline_in_the_past_still_takes_what_is_there():
    """A frame that has arrived already is read even when the time is up."""
    with stream_of(pack({"a": 1})) as stream:
        assert receive_header(stream, time.monotonic() - 1) == ({"a": 1}, 0)


@pytest.mark.parametrize(
    ("header_size", "body_size"),
    [(HEADER_CAP + 1, 0), (2**32 - 1, 0), (2, BODY_CAP + 1), (2, 2**64 - 1), (2**32 - 1, 2**64 - 1)],
)
def test_lengths_beyond_the_caps_are_refused_before_anything_is_read_or_allocated(header_size, body_size):
    """Twelve lying bytes cost neither memory nor time."""
    with stream_of(LENGTHS.pack(header_size, body_size), is_open=True) as stream:
        tracemalloc.start()
        try:
            with pytest.raises(WireError, match="larger than allowed"):
                receive_header(stream, soon())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < MIB


def test_a_header_of_just_the_cap_is_taken():
    """The cap itself is allowed on both sides."""
    header = {"a": "x" * (HEADER_CAP - len('{"a":""}'))}
    reader, writer = socket.socketpair()
    with reader, writer:
        thread = threading.Thread(target=writer.sendall, args=(pack(header),))
        thread.start()
        received, _ = receive_header(reader, soon(10))
        thread.join()
    assert received == header


def test_what_the_other_side_would_refuse_is_not_sent():
    """Packing a header or a body beyond its cap raises."""
    with pytest.raises(WireError, match="MiB"):
        pack({"a": "x" * HEADER_CAP})
    with pytest.raises(WireError, match="256 MiB"):
        pack({}, BODY_CAP + 1)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_json_lacks_are_not_sent(number):
    """Packing NaN or infinity is an error of the sender."""
    with pytest.raises(ValueError, match="JSON"):
        pack({"a": number})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"{}{}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b"{'a': 1}",
        b'{"a": \xff\xfe}',
        b'\xef\xbb\xbf{"a": 1}\x00',
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": ' + b"1" * 5000 + b"}",
    ],
)
def test_a_header_that_is_no_json_is_a_wire_error(text):
    """Broken, foreign, too deep and too long JSON are all the same error."""
    reader, writer = socket.socketpair()
    with reader, writer:
        thread = threading.Thread(target=writer.sendall, args=(framed(text),))
        thread.start()
        with pytest.raises(WireError, match="not JSON"):
            receive_header(reader, soon())
        thread.join()


@pytest.mark.parametrize("tree", [None, True, 3, 0.5, "text", [], [{"a": 1}]])
def test_a_header_that_is_no_object_is_a_wire_error(tree):
    """Only an object is a header."""
    with pytest.raises(WireError, match="not an object"):
        read(framed(json.dumps(tree).encode()))


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_never_raise_anything_else(data):
    """Whatever comes is a frame, a wire error or an end of file."""
    try:
        header, body_size = read(data)
    except (WireError, EOFError):
        return
    assert isinstance(header, dict)
    assert 0 <= body_size <= BODY_CAP


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200))
def test_arbitrary_header_text_never_raises_anything_else(text):
    """Whatever a frame of right lengths holds is an object or a wire error."""
    try:
        header, _ = read(framed(text))
    except WireError:
        return
    assert isinstance(header, dict)
