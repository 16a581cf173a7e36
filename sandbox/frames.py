"""Length-prefixed JSON frames on a byte stream, without the values in them.

A frame is twelve bytes (header length, body length), a JSON object, and a body
of raw bytes that `sandbox.wire` gives a meaning. Imports no NumPy, so that a
process which only asks simple questions starts at once.
"""

import json
import struct
import time
from socket import socket
from typing import Any

from sandbox.errors import WireError

HEADER_CAP = 4 << 20
BODY_CAP = 256 << 20
_LENGTHS = struct.Struct("<IQ")

Json = Any
Header = dict[str, Json]


def pack(header: Header, body_size: int = 0) -> bytes:
    """Return a frame up to its body; raise WireError when the other side would not take it."""
    text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode()
    if len(text) > HEADER_CAP or body_size > BODY_CAP:
        raise WireError(f"{(len(text) + body_size) >> 20} MiB in one message are more than the judge takes")
    return _LENGTHS.pack(len(text), body_size) + text


def receive_header(stream: socket, deadline: float | None = None) -> tuple[Header, int]:
    """Read a frame up to its body; return its header and the body's size.

    `deadline` is a `time.monotonic()` to be done by.

    Raises
    ------
    EOFError
        The other side is gone.
    TimeoutError
        The deadline has passed.
    WireError
        The bytes are not a frame, or announce more than is allowed.
    """
    start = bytearray(_LENGTHS.size)
    fill(stream, memoryview(start), deadline)
    header_size, body_size = _LENGTHS.unpack(start)
    if header_size > HEADER_CAP or body_size > BODY_CAP:
        raise WireError("a frame is larger than allowed")
    text = bytearray(header_size)
    fill(stream, memoryview(text), deadline)
    return _parse(text), body_size


def fill(stream: socket, view: memoryview, deadline: float | None) -> None:
    """Read exactly as many bytes as `view` holds; raises as `receive_header` does."""
    while view.nbytes:
        if deadline is not None:
            stream.settimeout(max(deadline - time.monotonic(), 1e-6))
        try:
            count = stream.recv_into(view)
        except ConnectionResetError:
            # It went away with something unread.
            count = 0
        if not count:
            raise EOFError("the stream has ended")
        view = view[count:]


def _parse(text: bytearray) -> Header:
    try:
        header = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise WireError("a frame's header is not JSON") from error
    if not isinstance(header, dict):
        raise WireError("a frame's header is not an object")
    return header


def _refuse(constant: str) -> float:
    raise ValueError(constant)
