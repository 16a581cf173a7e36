"""Sessions in a process tree of this machine, whichever way it is confined."""

import array
import contextlib
import json
import os
import selectors
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.contract import Ending, Limits, Stop, Usage
from sandbox.errors import SandboxError
from sandbox.processes import children, consumption, cpu_clock, descendants
from sandbox.seccomp import is_supported, no_fork_filter

_START_SECONDS = 60.0
_ANSWER_SECONDS = 10.0
_OUTPUT_KEPT = 16 << 10
_CHUNK = 1 << 16
_LOOK_SECONDS = 0.02

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


def worker_config(limits: Limits, control: int, **paths: Any) -> str:
    """Return the argument that `sandbox.worker` starts with."""
    rlimits = {
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_FSIZE": limits.disk_mib << 20,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        # The backstop of the outside measurement, which stops a run earlier.
        "RLIMIT_CPU": int(limits.cpu_seconds) + 5,
    }
    return json.dumps({"control": control, "rlimits": rlimits, "memory": limits.memory_mib << 20, **paths})


@dataclass(eq=False)
class LocalSession:
    """A worker's init process, spoken to over its control socket.

    `init_pid` answers the process id as this machine sees it, once init is up.
    """

    process: "subprocess.Popen[bytes]"
    control: socket.socket
    limits: Limits
    init_pid: Callable[[], int]
    on_close: Callable[[], None] = lambda: None
    warm_mib: float = field(default=0.0, init=False)
    _pid: int | None = field(default=None, init=False)

    def start(self, *, may_fork: bool = True) -> "LocalRun":
        """Start a run; the one before it must have ended."""
        if self._pid is None:
            self._ask(None, _START_SECONDS)
            self._pid = self.init_pid()
            self.warm_mib = consumption([self._pid]).memory_mib
        inner, outer = socket.socketpair()
        reading, writing = os.pipe()
        no_fork = no_fork_filter().hex() if not may_fork and is_supported() else ""
        descriptors = array.array("i", [inner.fileno(), writing])
        message = json.dumps({"start": {"filter": no_fork}}).encode()
        try:
            self.control.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
            self._ask(None)
        except (OSError, SandboxError) as error:
            outer.close()
            os.close(reading)
            raise SandboxError(f"the sandbox's first process is gone: {error}") from error
        finally:
            inner.close()
            os.close(writing)
        return LocalRun(self, outer, reading, children(self._pid))

    def end(self) -> Json:
        """Have init kill the run and clean up; return what it says about it, nothing when it cannot.

        A session that a run has fouled beyond cleaning is closed: the next one is another.
        """
        try:
            answer = self._ask({"end": True})
        except SandboxError:
            self.close()
            return None
        if not answer["is_clean"]:
            self.close()
        return answer

    def _ask(self, message: Json, seconds: float = _ANSWER_SECONDS) -> Json:
        try:
            self.control.settimeout(seconds)
            if message is not None:
                self.control.send(json.dumps(message).encode())
            answer = self.control.recv(_CHUNK)
        except OSError as error:
            raise SandboxError(f"the sandbox's first process does not answer: {error}") from error
        if not answer:
            raise SandboxError(f"the sandbox's first process is gone{self._last_words()}")
        return json.loads(answer)

    def _last_words(self) -> str:
        if self.process.stderr is None:
            return ""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1.0)
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stderr, selectors.EVENT_READ)
            text = os.read(self.process.stderr.fileno(), _CHUNK) if selector.select(0) else b""
        return ": " + text.decode(errors="replace").strip() if text else ""

    @property
    def run_pids(self) -> list[int]:
        """Return the processes of the current run."""
        return descendants(self._pid) if self._pid else []

    def close(self) -> None:
        """Kill the session's whole tree."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()
        self.on_close()


class LocalRun:
    """One run of a local session, measured through /proc."""

    def __init__(self, session: LocalSession, stream: socket.socket, output: int, pids: Sequence[int]) -> None:
        self.stream = stream
        self._session = session
        self._output = output
        self._pids = list(pids)
        self._printed = bytearray()
        self._printed_bytes = 0
        self._peak_mib = 0.0
        self._ending: Ending | None = None
        self._output_open = True
        self._next_look = 0.0
        os.set_blocking(output, False)

    @property
    def descriptors(self) -> Sequence[int]:
        """Return the pipe that the run prints to, while it is open."""
        return [self._output] if self._output_open and self._ending is None else []

    def attend(self) -> None:
        """Read what was printed; end the run when it is past a limit."""
        if self._ending is not None:
            return
        self._read_output()
        limits = self._session.limits
        now = time.monotonic()
        if self._printed_bytes <= limits.output_kib << 10 and now < self._next_look:
            return
        self._next_look = now + _LOOK_SECONDS
        pids = self._session.run_pids
        used = consumption(pids)
        self._peak_mib = max(self._peak_mib, used.memory_mib)
        # What the interpreter held before the fork is resident in each of the run's processes too.
        allowed_mib = limits.memory_mib + self._session.warm_mib * len(pids)
        if self._printed_bytes > limits.output_kib << 10:
            self._finish(Stop.OUTPUT)
        elif used.memory_mib > allowed_mib:
            self._finish(Stop.MEMORY)
        elif used.cpu_seconds > limits.cpu_seconds:
            self._finish(Stop.CPU)

    def usage(self) -> Usage:
        """Measure by the CPU clock of the run's first process, exact as long as it cannot fork."""
        return Usage(sum(map(cpu_clock, self._pids)), self._peak_mib)

    def end(self) -> Ending:
        """End the run, if it is not over yet."""
        return self._ending or self._finish(Stop.ENDED)

    def _finish(self, stop: Stop) -> Ending:
        used = consumption(self._session.run_pids)
        self._peak_mib = max(self._peak_mib, used.memory_mib)
        answer = self._session.end()
        self._read_output()
        status, usage = 0, Usage(used.cpu_seconds, self._peak_mib)
        if answer is not None:
            status = answer["status"]
            usage = Usage(answer["cpu_seconds"], max(self._peak_mib, answer["memory_kib"] / 1024))
            if stop is Stop.ENDED and answer["own_end"]:
                stop = Stop.EXITED if status >= 0 else Stop.KILLED
        self._ending = Ending(stop, abs(status), usage, self._printed.decode(errors="replace"))
        os.close(self._output)
        self.stream.close()
        return self._ending

    def _read_output(self) -> None:
        allowed = (self._session.limits.output_kib << 10) + 1
        while self._output_open and self._printed_bytes <= allowed:
            try:
                chunk = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            self._output_open = bool(chunk)
            self._printed_bytes += len(chunk)
            self._printed += chunk[: max(0, _OUTPUT_KEPT - len(self._printed))]
