"""Large bodies in shared memory: what arrives is what was sent, and neither side can hurt the other."""

import os
import socket
import time

import numpy as np
import pytest

from sandbox import wire
from sandbox.errors import WireError
from sandbox.frames import BODY_CAP
from sandbox.memory import SHARED_FROM, DescriptorStream, JudgeMemory, RunMemory, make_area

LARGE = [np.arange(100_000.0), np.asfortranarray(np.arange(60_000).reshape(300, 200)), np.ones((0, 3)), np.array(2.5)]


@pytest.fixture
def sides():
    """Connect a judge's side and a run's side, as a session does."""
    here, there = socket.socketpair()
    area = make_area()
    stream = DescriptorStream(there.detach())
    judge, run = JudgeMemory(os.dup(area)), RunMemory(area, stream)
    yield here, judge, stream, run
    here.close()
    stream.close()
    judge.close()
    os.close(area)


def deadline() -> float:
    return time.monotonic() + 10


def same(received, sent) -> bool:
    return all(
        mine.dtype == theirs.dtype and mine.shape == theirs.shape and np.array_equal(mine, theirs)
        for mine, theirs in zip(received, sent, strict=True)
    )


def test_a_request_arrives_and_can_be_changed_in_place(sides):
    """Code that works in place sees its changes; the next request brings what was sent."""
    here, judge, stream, run = sides
    for _ in range(2):
        wire.send(here, {"n": 1}, LARGE, judge)
        header, arrays = wire.receive(stream, deadline(), run)
        assert header == {"n": 1}
        assert same(arrays, LARGE)
        assert arrays[1].flags.f_contiguous
        arrays[0][:] = -1
    assert LARGE[0][5] == 5


def test_a_reply_arrives_and_is_a_copy(sides):
    """The run may rewrite its area at any moment; what was read stays."""
    here, judge, stream, run = sides
    wire.send(stream, {}, LARGE, run)
    _, arrays = wire.receive(here, deadline(), judge)
    wire.send(stream, {}, [np.zeros(100_000)], run)
    assert same(arrays, LARGE)


def test_small_bodies_stay_on_the_stream(sides):
    """A file for each small array would cost more than it saves."""
    here, judge, stream, run = sides
    small = [np.arange(SHARED_FROM // 16)]
    wire.send(here, {}, small, judge)
    _, arrays = wire.receive(stream, deadline(), run)
    assert same(arrays, small)
    assert stream.descriptors == []


def test_read_only_arrays_stay_so(sides):
    """A case that forbids writing does so for large arrays too."""
    here, judge, stream, run = sides
    fixed = np.arange(50_000.0)
    fixed.flags.writeable = False
    wire.send(here, {}, [fixed], judge)
    _, (array,) = wire.receive(stream, deadline(), run)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_no_descriptor_is_left_open(sides):
    """Each request's file is closed on both sides once it is mapped."""
    here, judge, stream, run = sides
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        wire.send(here, {}, LARGE, judge)
        _, arrays = wire.receive(stream, deadline(), run)
        del arrays
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_area_can_be_neither_cut_nor_grown():
    """A shorter file would kill its reader by a signal, a longer one would be memory that nobody counts."""
    area = make_area()
    for size in (0, 2 * BODY_CAP):
        with pytest.raises(PermissionError):
            os.ftruncate(area, size)
    os.close(area)


def test_a_frame_that_claims_more_than_the_area_is_refused(sides):
    """Sizes are checked before anything is copied."""
    here, judge, stream, _ = sides
    layout = {"dtype": "<f8", "shape": [BODY_CAP // 8], "order": "C", "readonly": False}
    many = [{**layout, "shape": [1]}] * 10
    wire.send(stream, {"arrays": None})
    from sandbox.frames import pack

    here.recv(1 << 16)
    stream.sendall(pack({"arrays": [{**layout, "shape": [(BODY_CAP - 80) // 8]}, *many], "shared": True}))
    with pytest.raises(WireError):
        wire.receive(here, deadline(), judge)


def test_without_memory_a_shared_frame_is_malformed(sides):
    """A run behind a relay cannot pretend to share memory."""
    here, _, stream, run = sides
    wire.send(stream, {}, LARGE, run)
    with pytest.raises(WireError):
        wire.receive(here, deadline())
