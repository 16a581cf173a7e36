"""Several channels on one pair of byte streams, for sandboxes that have nothing but standard input and output.

A packet is five bytes (channel, length) and its data. Both ends use this
module: `sandbox.jail.relay` inside, `sandbox.docker` outside.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum

CHUNK = 1 << 16
_HEAD = struct.Struct("<BI")


class Channel(IntEnum):
    """What a packet's data belongs to; HANGUP says that the run has closed its stream."""

    CONTROL = 0
    STREAM = 1
    OUTPUT = 2
    HANGUP = 3


def packet(channel: Channel, data: bytes | memoryview = b"") -> bytes:
    """Return a packet."""
    return _HEAD.pack(channel, len(data)) + data


class Packets:
    """Cuts received bytes into packets."""

    def __init__(self) -> None:
        """Begin with nothing received."""
        self._received = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Channel, bytes]]:
        """Add received bytes; yield the packets that are complete. Raises ValueError for an unknown channel."""
        self._received += data
        while len(self._received) >= _HEAD.size:
            channel, length = _HEAD.unpack_from(self._received)
            if len(self._received) < _HEAD.size + length:
                return
            body = bytes(self._received[_HEAD.size : _HEAD.size + length])
            del self._received[: _HEAD.size + length]
            yield Channel(channel), body
