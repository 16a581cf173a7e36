"""Opens, measures and stops sessions on behalf of graders, which hold streams only.

The broker runs in the door's process, on one thread for each grader. It knows
nothing of suites or verdicts, and what a grader asks is checked here again.
"""

import contextlib
import json
import selectors
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec

from sandbox.contract import Environment, Limits, Run, Sandbox, Session
from sandbox.errors import SandboxError

_REQUEST_CAP = 1 << 16
_TICK_SECONDS = 0.02
_KINDS_KEPT = 8

Json = Any


@dataclass(eq=False, slots=True)
class Terms:
    """What one grader may ask for; its door sets the kinds anew with each submission, None being any."""

    kinds: frozenset[tuple[Limits, Environment]] | None = None
    sessions: int = 64

    def demand(self, limits: Limits, environment: Environment, n_open: int) -> None:
        """Raise SandboxError when a session is none of those that were agreed on, or one too many."""
        if self.kinds is not None and (limits, environment) not in self.kinds:
            raise SandboxError("the grader asks for a session that its submission does not need")
        if n_open >= self.sessions:
            raise SandboxError(f"the grader has {n_open} sessions, more than it needs")


class Broker:
    """Serves graders with sessions of one sandbox; sessions can be opened ahead of the asking."""

    def __init__(self, sandbox: Sandbox, spares: int = 0) -> None:
        """Open sessions in `sandbox`; keep `spares` more of each kind that was asked for."""
        self.sandbox = sandbox
        self.spares = spares
        self.restarts = 0
        self._ahead: dict[tuple[Limits, Environment], list[Session]] = defaultdict(list)
        self._lock = threading.Lock()

    def prepare(self, limits: Limits, environment: Environment) -> Session:
        """Begin a session and keep it for the next grader that asks for its like."""
        session = self.sandbox.open(limits, environment)
        with self._lock:
            self._ahead[limits, environment].append(session)
        return session

    def take(self, limits: Limits, environment: Environment) -> Session:
        """Return a prepared session, or a new one; each is used once."""
        with self._lock:
            # Set anew, so that the kinds stand in the order of their last use.
            ready = self._ahead[limits, environment] = self._ahead.pop((limits, environment), [])
            session = ready.pop(0) if ready else None
            is_short = len(ready) < self.spares
        if is_short:
            self._prepare_spares(limits, environment)
        return session or self.sandbox.open(limits, environment)

    def replace(self, session: Session, limits: Limits, environment: Environment) -> Session:
        """Open a session in place of one that died; `restarts` counts how often that was."""
        session.close()
        with self._lock:
            self.restarts += 1
        return self.sandbox.open(limits, environment)

    def _prepare_spares(self, limits: Limits, environment: Environment) -> None:
        """Begin sessions for later; the kinds that were asked for longest ago make room."""
        with contextlib.suppress(SandboxError):
            self.prepare(limits, environment)
        with self._lock:
            kinds = list(self._ahead)
            old = [self._ahead.pop(kind) for kind in kinds[: max(len(kinds) - _KINDS_KEPT, 0)]]
        for session in (session for sessions in old for session in sessions):
            with contextlib.suppress(SandboxError):
                session.close()

    def connect(self, terms: Terms | None = None) -> tuple[socket.socket, threading.Thread]:
        """Return a grader's end of a new connection, and the thread that serves it until it closes."""
        inside, outside = socket.socketpair()
        thread = threading.Thread(target=_Service(self, inside, terms or Terms()).serve, name="broker", daemon=True)
        thread.start()
        return outside, thread

    def close(self) -> None:
        """Close the sessions that nobody asked for, and the sandbox."""
        with self._lock:
            waiting = [session for sessions in self._ahead.values() for session in sessions]
            self._ahead.clear()
        try:
            for session in waiting:
                with contextlib.suppress(SandboxError):
                    session.close()
        finally:
            self.sandbox.close()


@dataclass(slots=True)
class _Lease:
    """A session as one grader holds it: how to open it again, and its run of the moment."""

    limits: Limits
    environment: Environment
    session: Session
    run: Run | None = None
    run_number: int = 0

    def end_run(self) -> None:
        """End the run of the moment, whatever is left of it: it holds descriptors of ours."""
        if self.run is not None:
            with contextlib.suppress(SandboxError):
                self.run.end()

    def close(self) -> None:
        """End the run and close the session."""
        self.end_run()
        self.session.close()


@dataclass(eq=False)
class _Service:
    """One grader's connection."""

    broker: Broker
    connection: socket.socket
    terms: Terms
    _leases: dict[int, _Lease] = field(default_factory=dict)
    _runs: int = 0
    _opened: int = 0

    def serve(self) -> None:
        """Answer until the grader is gone, then close all that it held."""
        received = b""
        try:
            while True:
                if not self._wait():
                    continue
                chunk = self.connection.recv(_REQUEST_CAP)
                received += chunk
                if not chunk or len(received) > _REQUEST_CAP:
                    return
                while b"\n" in received:
                    line, received = received.split(b"\n", 1)
                    self._answer(line)
        except (OSError, ValueError, RecursionError):
            # The grader died or spoke nonsense; whoever waits for its report sees that it is missing.
            return
        finally:
            # First of all, so that a grader never waits for an answer that will not come.
            self.connection.close()
            for lease in self._leases.values():
                with contextlib.suppress(SandboxError, OSError):
                    lease.close()

    def _wait(self) -> bool:
        """Attend to runs until the grader has something to say, or a moment has passed."""
        runs = [lease.run for lease in self._leases.values() if lease.run is not None]
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            for run in runs:
                for descriptor in run.descriptors:
                    selector.register(descriptor, selectors.EVENT_READ)
            ready = {key.fd for key, _ in selector.select(_TICK_SECONDS if runs else None)}
        for lease in self._leases.values():
            if lease.run is not None:
                with contextlib.suppress(SandboxError):
                    lease.run.attend()
        return self.connection.fileno() in ready

    def _answer(self, line: bytes) -> None:
        descriptors: list[int] = []
        actions: dict[str, Callable[[Json, list[int]], Json]] = {
            "open": self._open,
            "start": self._start,
            "usage": self._usage,
            "end": self._end,
            "close": self._close,
        }
        request = json.loads(line)
        try:
            reply = actions[request["do"]](request, descriptors)
        except (SandboxError, OSError) as error:
            # Of what we do on this machine, whatever fails is told; only a connection that fails ends it.
            reply = {"error": str(error)}
        except (KeyError, TypeError, ValueError, OverflowError):
            reply = {"error": f"the broker does not understand {line[:200]!r}"}
        text = json.dumps(reply).encode() + b"\n"
        socket.send_fds(self.connection, [text], descriptors)

    def _open(self, request: Json, _: list[int]) -> Json:
        limits = msgspec.convert(request["limits"], Limits)
        environment = msgspec.convert(request["environment"], Environment)
        self.terms.demand(limits, environment, len(self._leases))
        self._opened += 1
        number = self._opened
        self._leases[number] = _Lease(limits, environment, self.broker.take(limits, environment))
        return {"session": number}

    def _start(self, request: Json, descriptors: list[int]) -> Json:
        lease = self._leases[request["session"]]
        self._runs += 1
        lease.run, lease.run_number = self._fresh_run(lease, bool(request["may_fork"])), self._runs
        descriptors.append(lease.run.stream.fileno())
        if lease.run.area is not None:
            descriptors.append(lease.run.area)
        return {"run": self._runs}

    def _fresh_run(self, lease: _Lease, may_fork: bool) -> Run:
        """Start a run; a session that died since the last one is opened once more."""
        lease.end_run()
        try:
            return lease.session.start(may_fork=may_fork)
        except SandboxError:
            lease.session = self.broker.replace(lease.session, lease.limits, lease.environment)
            return lease.session.start(may_fork=may_fork)

    def _of(self, request: Json) -> Run:
        for lease in self._leases.values():
            if lease.run is not None and lease.run_number == request["run"]:
                return lease.run
        raise SandboxError("there is no such run")

    def _usage(self, request: Json, _: list[int]) -> Json:
        return asdict(self._of(request).usage())

    def _end(self, request: Json, _: list[int]) -> Json:
        return asdict(self._of(request).end())

    def _close(self, request: Json, _: list[int]) -> Json:
        self._leases.pop(request["session"]).close()
        return {}
