"""The grader's side of the broker: asks for sessions and runs, gets byte streams and facts.

One JSON line each way on a local stream socket; a reply to `start` carries the
run's stream as a descriptor. The grader never sees a process or a container.
"""

import json
import socket
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.contract import Ending, Environment, Limits, Stop, Usage
from sandbox.errors import SandboxError
from sandbox.memory import JudgeMemory

_CHUNK = 1 << 16

Json = Any


@dataclass(frozen=True, slots=True)
class RemoteRun:
    """A run as the grader knows it: a stream, and questions to the broker."""

    number: int
    stream: socket.socket
    memory: JudgeMemory | None
    link: "BrokerLink"

    def usage(self) -> Usage:
        """Measure the run from outside."""
        return Usage(**self.link.ask({"do": "usage", "run": self.number}))

    def end(self) -> Ending:
        """End the run and learn how it ended."""
        self.stream.close()
        if self.memory is not None:
            self.memory.close()
        facts = self.link.ask({"do": "end", "run": self.number})
        return Ending(Stop(facts["stop"]), facts["status"], Usage(**facts["usage"]), facts["output"])


@dataclass(frozen=True, slots=True)
class RemoteSession:
    """A session that the broker opened for this grader."""

    number: int
    link: "BrokerLink"

    def start(self, *, may_fork: bool = True) -> RemoteRun:
        """Start a run in the session."""
        reply, descriptors = self.link.exchange({"do": "start", "session": self.number, "may_fork": may_fork})
        stream, *area = descriptors
        return RemoteRun(reply["run"], socket.socket(fileno=stream), JudgeMemory(area[0]) if area else None, self.link)

    def close(self) -> None:
        """Let the broker kill the session."""
        self.link.ask({"do": "close", "session": self.number})


class BrokerLink:
    """A connection to the broker; one question at a time."""

    def __init__(self, connection: socket.socket) -> None:
        """Take over `connection`, a connected local stream socket."""
        self._connection = connection

    def open(self, limits: Limits, environment: Environment) -> RemoteSession:
        """Ask for a session."""
        reply = self.ask({"do": "open", "limits": asdict(limits), "environment": asdict(environment)})
        return RemoteSession(reply["session"], self)

    def ask(self, request: Json) -> Json:
        """Send one request and return its reply; raise SandboxError with the broker's reason."""
        return self.exchange(request)[0]

    def exchange(self, request: Json) -> tuple[Json, list[int]]:
        """Send one request; return its reply, and the descriptors that a run's beginning brings."""
        text, descriptors = b"", []
        try:
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            while not text.endswith(b"\n"):
                chunk, more, _, _ = socket.recv_fds(self._connection, _CHUNK, 2)
                descriptors += more
                if not chunk:
                    raise SandboxError("the broker is gone")
                text += chunk
        except OSError as error:
            raise SandboxError(f"the broker is gone: {error}") from error
        reply = json.loads(text)
        if "error" in reply:
            raise SandboxError(reply["error"])
        return reply, descriptors
