"""Bodies of large frames in shared memory, for streams that can pass descriptors.

A request's body lies in a memory file of its own, which the run maps privately:
code that works in place keeps its changes to itself. A reply's body lies in the
run's *area*, a file of fixed size that the run may rewrite at any moment, so
its reader copies before it looks.
"""

import fcntl
import mmap
import os
import socket
from collections.abc import Sequence
from typing import Any, Protocol

from sandbox.errors import WireError
from sandbox.frames import BODY_CAP

SHARED_FROM = 1 << 16
"""The bytes from which a body is worth a memory file."""
_ALIGNMENT = 64

Part = bytearray | memoryview


class Memory(Protocol):
    """One side's way of putting bodies beside the stream and taking them from there."""

    def put(self, parts: Sequence[memoryview]) -> list[int]:
        """Store the parts of a body; return the descriptors to send, which the caller closes."""
        ...

    def take(self, sizes: Sequence[int]) -> list[Part]:
        """Return the parts of the body that the other side has put; raise WireError when it has put none."""
        ...


def make_area() -> int:
    """Make the file for a run's replies; its size is sealed, so that reading it can never fault."""
    area = os.memfd_create("area", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(area, BODY_CAP)
    fcntl.fcntl(area, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return area


def _offsets(sizes: Sequence[int]) -> tuple[list[int], int]:
    """Return where parts of these sizes begin, and the size of the whole."""
    offsets, end = [], 0
    for size in sizes:
        offsets.append(end)
        end += -(-size // _ALIGNMENT) * _ALIGNMENT
    return offsets, end


class JudgeMemory:
    """The trusted side: requests in files of their own, replies copied from the area."""

    def __init__(self, area: int) -> None:
        """Take over the descriptor of a run's area."""
        self._map = mmap.mmap(area, BODY_CAP, mmap.MAP_SHARED, mmap.PROT_READ)
        os.close(area)

    def put(self, parts: Sequence[memoryview]) -> list[int]:
        """Store a request's body in a new memory file."""
        offsets, _ = _offsets([part.nbytes for part in parts])
        file = os.memfd_create("body", os.MFD_CLOEXEC)
        for offset, part in zip(offsets, parts, strict=True):
            written = 0
            while written < part.nbytes:
                written += os.pwrite(file, part[written:], offset + written)
        return [file]

    def take(self, sizes: Sequence[int]) -> list[Part]:
        """Copy a reply's body out of the area."""
        offsets, end = _offsets(sizes)
        if end > len(self._map):
            raise WireError("a frame's arrays are larger than the memory for them")
        return [
            bytearray(memoryview(self._map)[offset : offset + size])
            for offset, size in zip(offsets, sizes, strict=True)
        ]

    def close(self) -> None:
        """Let go of the area."""
        self._map.close()


class RunMemory:
    """The run's side: replies in the area, requests mapped privately from what came over the stream."""

    def __init__(self, area: int, stream: "DescriptorStream") -> None:
        """Write to the area; take requests' files from `stream`."""
        self._area = area
        self._stream = stream

    def put(self, parts: Sequence[memoryview]) -> list[int]:
        """Store a reply's body in the area."""
        offsets, end = _offsets([part.nbytes for part in parts])
        with mmap.mmap(self._area, end) as area:
            for offset, part in zip(offsets, parts, strict=True):
                area[offset : offset + part.nbytes] = part
        return []

    def take(self, sizes: Sequence[int]) -> list[Part]:
        """Map a request's body; the mapping lives as long as its parts."""
        offsets, _ = _offsets(sizes)
        file = self._stream.descriptors.pop()
        body = mmap.mmap(file, os.fstat(file).st_size, access=mmap.ACCESS_COPY)
        os.close(file)
        return [memoryview(body)[offset : offset + size] for offset, size in zip(offsets, sizes, strict=True)]


class DescriptorStream(socket.socket):
    """A local stream that keeps the descriptors which arrive on it."""

    def __init__(self, fileno: int) -> None:
        """Take over a connected local socket."""
        super().__init__(fileno=fileno)
        self.descriptors: list[int] = []

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        """Receive as a socket does, and keep a descriptor that comes along."""
        count, ancillary, _, _ = self.recvmsg_into([memoryview(buffer)[: nbytes or None]], socket.CMSG_SPACE(4), flags)
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                self.descriptors.append(int.from_bytes(data[:4], "little"))
        return count
