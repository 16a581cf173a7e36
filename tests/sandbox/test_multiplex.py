"""Packets on one stream: whatever the pieces they arrive in, they come out whole and in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.multiplex import Channel, Packets, packet

PACKETS = st.lists(st.tuples(st.sampled_from(Channel), st.binary(max_size=200)), max_size=10)


@given(packets=PACKETS, cuts=st.lists(st.integers(1, 50), max_size=30))
def test_packets_survive_being_cut_anywhere(packets, cuts):
    """A pipe keeps no boundaries."""
    data = b"".join(packet(channel, body) for channel, body in packets)
    reader, received, place = Packets(), [], 0
    for cut in [*cuts, len(data) + 1]:
        received += reader.feed(data[place : place + cut])
        place += cut
    assert received == packets


def test_an_unknown_channel_is_an_error():
    """The reader hangs up rather than guess."""
    with pytest.raises(ValueError, match="9 is not a valid Channel"):
        list(Packets().feed(b"\x09\x00\x00\x00\x00"))
