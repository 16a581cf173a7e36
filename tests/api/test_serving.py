"""How the service listens."""

import socket

from api.serving import _listening
from api.settings import Settings


def test_answers_do_not_wait_for_acknowledgements():
    """Whatever is accepted sends small packets at once."""
    with (
        _listening(Settings(port=0)) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
