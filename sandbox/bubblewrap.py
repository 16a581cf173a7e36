"""The bubblewrap backend: everything unshared, the interpreter and the allowed distributions read-only.

In the outer jail (see `sandbox.walls`) runs a zygote, which forks sessions into
namespaces of their own (see `sandbox.jail.zygote`). A *warm* backend keeps a
zygote for each environment; a cold one starts one for each session.
"""

import contextlib
import json
import socket
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from typing import IO

from sandbox import cgroups, walls
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.filters import is_supported
from sandbox.local import VARIABLES, Json, LocalSession, control_pair, session_config
from sandbox.mounts import DISTRIBUTIONS, LIBRARY, SCRATCH, SHARED_MEMORY, base_interpreter, library_entries
from sandbox.walls import FILTERS, Starter

_WORDS_CAP = 4096
# A zygote writes nothing; its sessions have folders of their own.
_ZYGOTES_DISK_MIB = 1


@dataclass(eq=False)
class _Zygote:
    """A warm interpreter in a jail of bwrap's, our end of its control socket, and its standard error."""

    process: "subprocess.Popen[bytes]"
    control: socket.socket
    words: IO[bytes]

    def spawn(self, session: Json, inner: socket.socket) -> None:
        """Have a session forked that obeys the control socket `inner`, as soon as the zygote is warm.

        Raises SandboxError when it is dead, with what it said.
        """
        try:
            socket.send_fds(self.control, [json.dumps({"spawn": session}).encode()], [inner.fileno()])
        except OSError as error:
            raise SandboxError(f"the zygote is gone ({error}){self.last_words()}") from error

    def last_words(self) -> str:
        """Return what a process that failed to start said."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1.0)
        try:
            self.words.seek(0)
            text = self.words.read(_WORDS_CAP).decode(errors="replace").strip()
        except ValueError:
            # Whoever noticed its death before us has closed it.
            return ""
        return f": {text}" if text else ""

    def close(self) -> None:
        """Kill the zygote and all its sessions."""
        self.control.close()
        if self.process.poll() is None:
            walls.end(self.process)
        self.words.close()


@dataclass(eq=False)
class Bubblewrap:
    """Opens sessions in bubblewrap jails; `binary` is the bwrap to use."""

    binary: str
    is_warm: bool = True
    is_isolated: bool = True
    _zygotes: dict[Environment, _Zygote] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _starter: Starter | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """Return the backend's name for reports."""
        return "bubblewrap" if self.is_warm else "bubblewrap, cold"

    @property
    def limits_by(self) -> str:
        """Return what enforces limits on a session as a whole."""
        groups = cgroups.find()
        return groups.version if groups else "degraded"

    def open(self, limits: Limits, environment: Environment) -> LocalSession:
        """Begin a session; its interpreter goes on starting while this returns."""
        if not is_supported():
            raise SandboxError("bubblewrap: this machine's architecture has no system call filter here")
        outer, inner = control_pair()
        with inner:
            try:
                zygote = (
                    self._warm(limits, environment, inner) if self.is_warm else self._cold(limits, environment, inner)
                )
            except (OSError, SandboxError) as error:
                outer.close()
                raise SandboxError(f"bubblewrap: {error}") from error
        on_close = (lambda: None) if self.is_warm else zygote.close
        return LocalSession(outer, limits, cgroups.find(), on_close, zygote.last_words)

    def _warm(self, limits: Limits, environment: Environment, inner: socket.socket) -> _Zygote:
        with self._lock:
            zygote = self._zygotes.get(environment) or self._start(environment)
            self._zygotes[environment] = zygote
            try:
                zygote.spawn(_session(limits), inner)
            except SandboxError:
                # A zygote never runs a submission, so its death is nobody's fault: once more with another.
                self._zygotes.pop(environment).close()
                zygote = self._zygotes[environment] = self._start(environment)
                zygote.spawn(_session(limits), inner)
            return zygote

    def _cold(self, limits: Limits, environment: Environment, inner: socket.socket) -> _Zygote:
        with self._lock:
            zygote = self._start(environment)
        try:
            zygote.spawn(_session(limits), inner)
        except SandboxError:
            zygote.close()
            raise
        return zygote

    def _start(self, environment: Environment) -> _Zygote:
        """Start a zygote in a jail of its own; the lock is held."""
        arguments = [*_namespaces(), *_filesystem(environment), *walls.environment_of(VARIABLES)]
        self._starter = self._starter or Starter()
        outer, inner = control_pair()
        words = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the zygote
        with inner:
            config = {"role": "zygote", "control": inner.fileno(), "preload": environment.preload}
            config |= {"library": LIBRARY, "distributions": DISTRIBUTIONS, "filters": FILTERS}
            inside = [base_interpreter(), "-P", "-s", "-S", "-B", f"{LIBRARY}/sandbox/jail/main.py", json.dumps(config)]
            try:
                process = self._starter.start(
                    [self.binary, *arguments, "--", *inside],
                    pass_fds=(inner.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=words,
                    env={},
                )
            except OSError:
                outer.close()
                words.close()
                raise
        return _Zygote(process, outer, words)

    def close(self) -> None:
        """End the zygotes and all their sessions."""
        with self._lock:
            while self._zygotes:
                self._zygotes.popitem()[1].close()
            if self._starter is not None:
                self._starter.close()
                self._starter = None


def _session(limits: Limits) -> Json:
    folders = [SCRATCH, SHARED_MEMORY]
    return session_config(
        limits, scratch=folders, mounts=folders, filters=FILTERS, is_filtered=True, outer_uid=walls.own_user()
    )


def _namespaces() -> list[str]:
    return [*walls.namespaces(), "--as-pid-1"]


def _filesystem(environment: Environment) -> list[str]:
    return walls.read_only_root(library_entries(), environment.distributions, _ZYGOTES_DISK_MIB)
