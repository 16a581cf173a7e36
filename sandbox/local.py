"""Sessions in a process tree of this machine, whichever way it is confined."""

import array
import contextlib
import json
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox import cgroups
from sandbox.contract import Ending, Limits, Stop, Usage
from sandbox.errors import SandboxError
from sandbox.memory import make_area
from sandbox.processes import Consumption, children, consumption, cpu_clock, descendants

_START_SECONDS = 60.0
_ANSWER_SECONDS = 10.0
_KILL_SECONDS = 5.0
# A process that is being killed is gone in less.
_DEATH_SECONDS = 0.1
OUTPUT_KEPT = 16 << 10
_CHUNK = 1 << 16
_LOOK_SECONDS = 0.02
FILES_CAP = 4096
_CREDENTIALS = struct.Struct("iII")

Json = Any

# One BLAS thread, decided before NumPy is imported: a run is forked, and threads do not survive that.
VARIABLES = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",  # noqa: S108 - the jail's own
    "PATH": "/usr/bin:/bin",
}


def session_config(limits: Limits, **jail: Any) -> Json:
    """Return what a session's init is told: a run's limits, and how to shut itself in (see `sandbox.jail.init`)."""
    rlimits = {
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_FSIZE": limits.disk_mib << 20,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        # The backstop of the outside measurement, which stops a run earlier.
        "RLIMIT_CPU": int(limits.cpu_seconds) + 5,
    }
    own = {"parent": 0, "mounts": [], "disk_mib": limits.disk_mib, "files": FILES_CAP}
    return {**own, "rlimits": rlimits, "memory": limits.memory_mib << 20, **jail}


def control_pair() -> tuple[socket.socket, socket.socket]:
    """Return our end of a control socket, which tells who writes at the other, and that other end."""
    outer, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # A default timeout of the program that we are part of must not reach the other side.
    inner.setblocking(True)
    outer.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    return outer, inner


def receive_answer(control: socket.socket, seconds: float) -> tuple[Json, int]:
    """Return the next message on our end of a control socket, and its sender's process id on this machine.

    Raises SandboxError when none comes, or when it says that the other side failed.
    """
    control.settimeout(seconds)
    try:
        text, ancillary, _, _ = control.recvmsg(_CHUNK, socket.CMSG_SPACE(_CREDENTIALS.size))
    except OSError as error:
        raise SandboxError(f"the sandbox's first process does not answer: {error}") from error
    if not text:
        raise SandboxError("the sandbox's first process is gone")
    message = json.loads(text)
    if "failed" in message:
        raise SandboxError(f"the jail cannot be set up: {message['failed']}")
    pids = [_CREDENTIALS.unpack(data)[0] for _, kind, data in ancillary if kind == socket.SCM_CREDENTIALS]
    return message, pids[0] if pids else 0


@dataclass(eq=False)
class LocalSession:
    """A session's init process, spoken to over its control socket.

    `on_close` frees what was made for this session alone; `last_words` is what a
    process that never became an init said.
    """

    control: socket.socket
    limits: Limits
    groups: cgroups.Cgroups | None = None
    on_close: Callable[[], None] = lambda: None
    last_words: Callable[[], str] = lambda: ""
    warm_mib: float = field(default=0.0, init=False)
    group: cgroups.Group | None = field(default=None, init=False)
    pid: int = field(default=0, init=False)
    _pidfd: int = field(default=-1, init=False)
    _is_closed: bool = field(default=False, init=False)

    def wait_until_ready(self) -> None:
        """Wait until init has shut itself in; learn who it is, and put it into a control group."""
        if self.pid:
            return
        try:
            _, pid = receive_answer(self.control, _START_SECONDS)
            self._pidfd = os.pidfd_open(pid)
            if self.groups is not None:
                self.group = self.groups.make(self.limits.memory_mib, self.limits.processes)
                self.group.add(pid)
        except (OSError, SandboxError) as error:
            raise SandboxError(f"{error}{self.last_words()}") from error
        if self.group is None:
            self.warm_mib = consumption([pid]).memory_mib
        # Last, so that a session without its limits is never taken for a ready one.
        self.pid = pid

    def start(self, *, may_fork: bool = True) -> "LocalRun":
        """Start a run; the one before it must have ended."""
        self.wait_until_ready()
        inner, outer = socket.socketpair()
        inner.setblocking(True)
        reading, writing = os.pipe()
        area = make_area()
        descriptors = array.array("i", [inner.fileno(), writing, area])
        message = json.dumps({"start": {"may_fork": may_fork}}).encode()
        try:
            if self.group is not None:
                self.group.begin()
            self.control.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
            receive_answer(self.control, _ANSWER_SECONDS)
        except (OSError, SandboxError) as error:
            outer.close()
            os.close(reading)
            os.close(area)
            raise SandboxError(f"the sandbox's first process is gone: {error}") from error
        finally:
            inner.close()
            os.close(writing)
        return LocalRun(self, outer, area, reading, children(self.pid))

    def end(self) -> Json:
        """Have init kill the run and clean up; return what it says about it, nothing when it does not answer.

        Raises SandboxError when init is dead. A session that a run has fouled
        beyond cleaning is closed: the next one is another.
        """
        try:
            self.control.send(b'{"end": true}')
            answer, _ = receive_answer(self.control, _ANSWER_SECONDS)
        except (OSError, SandboxError) as error:
            died = self.has_died(_DEATH_SECONDS)
            self.close()
            if died:
                raise SandboxError(f"the sandbox's first process died: {error}") from error
            return None
        # Nobody but the run itself, the kernel, or the end of the whole sandbox kills a run.
        if answer["own_end"] and self.has_died(_DEATH_SECONDS if answer["status"] == -signal.SIGKILL else 0.0):
            raise SandboxError("the sandbox's first process died")
        if not answer["is_clean"]:
            self.close()
        return answer

    def has_died(self, within_seconds: float = 0.0) -> bool:
        """Tell whether init is dying, or begins to while we wait: the sandbox failed then, whatever a run did.

        It hangs up as it dies, and is dead only when all that the run left is gone, which may take long.
        """
        if self.control.fileno() < 0:
            return True
        hang_up = select.poll()
        hang_up.register(self.control, 0)
        return bool(hang_up.poll(within_seconds * 1000))

    @property
    def run_pids(self) -> list[int]:
        """Return the processes of the current run."""
        return descendants(self.pid) if self.pid else []

    def close(self) -> None:
        """Kill the session's whole tree and free what it held; once more does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self.control.close()
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            _is_readable(self._pidfd, _KILL_SECONDS)
            os.close(self._pidfd)
            self._pidfd = -1
        self.on_close()
        if self.group is not None:
            self.group.remove()
            self.group = None


class LocalRun:
    """One run of a local session, measured through its control group or through /proc."""

    def __init__(
        self, session: LocalSession, stream: socket.socket, area: int, output: int, pids: Sequence[int]
    ) -> None:
        self.stream = stream
        self.area = area
        self._session = session
        self._output = output
        self._pids = list(pids)
        self._pidfds = [_open_pidfd(pid) for pid in pids]
        self._printed = bytearray()
        self._printed_bytes = 0
        self._peak_mib = 0.0
        self._ending: Ending | None = None
        self._is_over = False
        self._output_open = True
        self._next_look = 0.0
        os.set_blocking(output, False)

    @property
    def descriptors(self) -> Sequence[int]:
        """Return the pipe that the run prints to, while it is open, and its first process, which ends the run."""
        if self._is_over:
            return []
        return [*([self._output] if self._output_open else []), *(fd for fd in self._pidfds if fd >= 0)]

    def attend(self) -> None:
        """Read what was printed; end the run when it is past a limit."""
        if self._is_over:
            return
        self._read_output()
        limits = self._session.limits
        is_flooded = self._printed_bytes > limits.output_kib << 10
        now = time.monotonic()
        if is_flooded:
            self._finish(Stop.OUTPUT)
            return
        if self._has_exited():
            # Processes that it left would keep its stream open, and the caller waiting.
            self._finish(Stop.ENDED)
            return
        if now < self._next_look:
            return
        self._next_look = now + _LOOK_SECONDS
        used, is_over_memory = self._measure()
        if is_over_memory:
            self._finish(Stop.MEMORY)
        elif used.cpu_seconds > limits.cpu_seconds:
            self._finish(Stop.CPU)

    def _has_exited(self) -> bool:
        """Tell whether the run's first process has ended."""
        return any(_is_readable(descriptor, 0.0) for descriptor in self._pidfds if descriptor >= 0)

    def _measure(self) -> tuple[Consumption, bool]:
        """Return what the run uses, and whether that is too much memory."""
        group = self._session.group
        if group is not None:
            self._peak_mib = max(self._peak_mib, group.peak_mib)
            return Consumption(group.cpu_seconds, self._peak_mib), group.is_out_of_memory
        used = consumption(self._session.run_pids, self._session.warm_mib)
        self._peak_mib = max(self._peak_mib, used.memory_mib)
        return used, used.memory_mib > self._session.limits.memory_mib

    def usage(self) -> Usage:
        """Measure by the CPU clock of the run's first process, exact as long as it cannot fork."""
        return Usage(sum(map(cpu_clock, self._pids)), self._peak_mib)

    def end(self) -> Ending:
        """End the run, if it is not over yet; raise SandboxError when the sandbox died under it."""
        return self._ending or self._finish(Stop.ENDED)

    def _finish(self, stop: Stop) -> Ending:
        if self._is_over:
            raise SandboxError("the sandbox's first process died")
        self._is_over = True
        try:
            used, is_over_memory = self._measure()
            if stop is Stop.ENDED and is_over_memory:
                stop = Stop.MEMORY
            answer = self._end_session(stop)
        finally:
            self._read_output()
            self._close()
        status, cpu_seconds = 0, used.cpu_seconds
        if answer is not None:
            status = answer["status"]
            cpu_seconds = max(answer["cpu_seconds"], cpu_seconds)
            if stop is Stop.ENDED and answer["own_end"]:
                stop = Stop.EXITED if status >= 0 else Stop.KILLED
        usage = Usage(cpu_seconds, self._peak_mib)
        self._ending = Ending(stop, abs(status), usage, self._printed.decode(errors="replace"))
        return self._ending

    def _end_session(self, stop: Stop) -> Json:
        try:
            return self._session.end()
        except SandboxError:
            # Where memory ran out, the kernel may have killed init as well.
            if stop is not Stop.MEMORY:
                raise
            return None

    def _close(self) -> None:
        for descriptor in self._pidfds:
            if descriptor >= 0:
                os.close(descriptor)
        os.close(self._output)
        os.close(self.area)
        self.stream.close()

    def _read_output(self) -> None:
        allowed = (self._session.limits.output_kib << 10) + 1
        while self._output_open and self._printed_bytes <= allowed:
            try:
                chunk = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            self._output_open = bool(chunk)
            self._printed_bytes += len(chunk)
            self._printed += chunk[: max(0, OUTPUT_KEPT - len(self._printed))]


def _open_pidfd(pid: int) -> int:
    """Return a descriptor that tells of a process's end, -1 when it has ended already."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        return -1


def _is_readable(descriptor: int, seconds: float) -> bool:
    """Wait until a descriptor can be read, a process's until that ends; tell whether it can."""
    watched = select.poll()
    watched.register(descriptor, select.POLLIN)
    return bool(watched.poll(seconds * 1000))
