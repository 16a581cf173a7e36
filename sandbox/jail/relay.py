"""A session's init that has only standard input and output to talk over, as in a container.

It passes on what a run sends, reads and prints as packets (see `sandbox.multiplex`),
and tells what the run uses, since nobody outside can see its processes.
"""

import contextlib
import json
import os
import selectors
import socket
from typing import Any

from sandbox import library
from sandbox.jail.init import Init
from sandbox.multiplex import CHUNK, Channel, Packets, packet
from sandbox.processes import consumption, cpu_clock

_OOM_FILES = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")

Json = Any


def serve(session: Json) -> None:
    """Serve standard input until it closes."""
    incoming, outgoing = os.dup(0), os.dup(1)
    # Whatever else prints here must not end up between packets.
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    Relay(Init(session), incoming, outgoing).serve()


class Relay:
    """Passes packets between the caller and the run of the moment."""

    def __init__(self, init: Init, incoming: int, outgoing: int) -> None:
        """Relay for `init` between two descriptors and its runs."""
        self._init = init
        self._incoming = incoming
        self._outgoing = outgoing
        self._packets = Packets()
        self._selector = selectors.DefaultSelector()
        self._selector.register(incoming, selectors.EVENT_READ)
        self._stream: socket.socket | None = None
        self._output = -1
        self._waiting = bytearray()
        self._warm_mib = consumption([os.getpid()]).memory_mib
        self._killed_before = 0

    def serve(self) -> None:
        """Pass on what comes, in either direction, until the caller hangs up."""
        self._tell({"ready": True, "library": library.digest()})
        while True:
            for key, events in self._selector.select():
                if key.fileobj == self._incoming:
                    data = os.read(self._incoming, CHUNK)
                    if not data:
                        return
                    for channel, body in self._packets.feed(data):
                        self._take(channel, body)
                elif key.fileobj == self._output:
                    self._pass_output()
                elif key.fileobj is self._stream:
                    self._pass_stream(events)

    def _tell(self, message: Json) -> None:
        self._send(Channel.CONTROL, json.dumps(message).encode())

    def _send(self, channel: Channel, data: bytes = b"") -> None:
        view = memoryview(packet(channel, data))
        while view:
            view = view[os.write(self._outgoing, view) :]

    def _take(self, channel: Channel, body: bytes) -> None:
        if channel is Channel.STREAM:
            self._waiting += body
            self._flush()
            return
        message = json.loads(body)
        if "start" in message:
            self._start(may_fork=message["start"]["may_fork"])
        elif "usage" in message:
            self._tell(self._usage())
        else:
            self._end()

    def _start(self, *, may_fork: bool) -> None:
        inner, outer = socket.socketpair()
        reading, writing = os.pipe()
        self._killed_before = _kills_for_memory()
        own = [self._incoming, self._outgoing, self._selector.fileno(), outer.fileno(), reading]
        pid = self._init.start([inner.detach(), writing], own, may_fork=may_fork)
        outer.setblocking(False)
        os.set_blocking(reading, False)
        self._stream, self._output = outer, reading
        self._selector.register(outer, selectors.EVENT_READ)
        self._selector.register(reading, selectors.EVENT_READ)
        self._tell({"started": pid})

    def _flush(self) -> None:
        """Write to the run what it takes now; the rest waits for it to read."""
        if self._stream is None:
            self._waiting.clear()
            return
        try:
            while self._waiting:
                del self._waiting[: self._stream.send(memoryview(self._waiting)[: 4 * CHUNK])]
        except BlockingIOError:
            pass
        except OSError:
            self._waiting.clear()
        writing = selectors.EVENT_WRITE if self._waiting else 0
        self._selector.modify(self._stream, selectors.EVENT_READ | writing)

    def _pass_stream(self, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._flush()
        if self._stream is None or not events & selectors.EVENT_READ:
            return
        try:
            data = self._stream.recv(CHUNK)
        except OSError:
            data = b""
        if data:
            self._send(Channel.STREAM, data)
        else:
            self._hang_up()
            self._send(Channel.HANGUP)

    def _hang_up(self) -> None:
        if self._stream is not None:
            self._selector.unregister(self._stream)
            self._stream.close()
            self._stream = None
        self._waiting.clear()

    def _pass_output(self) -> bool:
        """Pass on what was printed; tell whether there was any."""
        try:
            data = os.read(self._output, CHUNK)
        except BlockingIOError:
            return False
        if data:
            self._send(Channel.OUTPUT, data)
        else:
            self._close_output()
        return bool(data)

    def _close_output(self) -> None:
        if self._output != -1:
            self._selector.unregister(self._output)
            os.close(self._output)
            self._output = -1

    def _usage(self) -> Json:
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
        used = consumption(pids, self._warm_mib)
        return {
            "cpu_seconds": used.cpu_seconds,
            "clock_seconds": cpu_clock(self._init.pid),
            "memory_mib": used.memory_mib,
            "is_out_of_memory": _kills_for_memory() > self._killed_before,
        }

    def _end(self) -> None:
        usage = self._usage()
        answer = self._init.end()
        while self._output != -1 and self._pass_output():
            pass
        self._close_output()
        self._hang_up()
        self._tell({**usage, **answer, "cpu_seconds": max(usage["cpu_seconds"], answer["cpu_seconds"])})


def _kills_for_memory() -> int:
    """Return how many processes the kernel has killed here for memory."""
    for path in _OOM_FILES:
        with contextlib.suppress(OSError), open(path) as file:
            return next((int(line.split()[1]) for line in file if line.startswith("oom_kill ")), 0)
    return 0
