"""The process that has NumPy imported and forks sessions from it, each into namespaces of its own.

It runs in an outer jail, holds no secret, has one thread and never loads a
source. A fork becomes a session's init in two steps, since a process cannot
enter a new process namespace itself:

    zygote ──fork──> new namespaces, a user of its own ──fork──> init, the first process in them
"""

import contextlib
import os
import random
import signal
import socket
from typing import Any

from sandbox.jail import init, kernel

_NOBODY = 65534

Json = Any


def serve(control: socket.socket) -> None:
    """Fork a session for each `spawn`, which brings the session's own control socket, until the control closes."""
    if os.geteuid() == 0:
        # bwrap covers parts of the /proc that root mounts, and the kernel then refuses nested ones.
        kernel.mount("proc", "/proc")
    # Sessions are children of the first process here: the kernel reaps them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors = init.receive(control)
        if message is None:
            return
        _spawn(control, socket.socket(fileno=descriptors[0]), message["spawn"])


def _spawn(control: socket.socket, session_control: socket.socket, session: Json) -> None:
    """Fork the process that becomes a session's init, and tell its new namespaces which user it is."""
    here, there = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        control.close()
        here.close()
        _become_session(there, session_control, session)
    with session_control, there, here:
        there.close()
        try:
            # Nothing arrives from a fork that could not have its namespaces: it has told its own control socket why.
            if here.recv(1):
                _map_user(pid, session["outer_uid"])
                here.send(b"1")
        except OSError as error:
            # A fork that was killed meanwhile is no reason to take all other sessions along.
            with contextlib.suppress(OSError):
                init.send(session_control, {"failed": str(error)})


def _map_user(pid: int, outer_uid: int | None) -> None:
    """Map the one user of a process's user namespace; only its parent may map to another user than itself."""
    user = os.geteuid() if outer_uid is None else outer_uid
    group = os.getegid() if outer_uid is None else outer_uid
    for name, text in (("setgroups", "deny"), ("uid_map", f"{_NOBODY} {user} 1"), ("gid_map", f"{_NOBODY} {group} 1")):
        with open(f"/proc/{pid}/{name}", "w") as file:
            file.write(text)


def _become_session(parent: socket.socket, control: socket.socket, session: Json) -> None:
    """Enter new namespaces and serve as a session's init; never returns."""
    try:
        try:
            kernel.unshare(kernel.NEW_NAMESPACES)
            with parent:
                parent.send(b"1")
                # The answer says that the user is mapped; without it, changing to that user fails.
                parent.recv(1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
            if os.fork():
                os._exit(0)
            kernel.mount("proc", "/proc")
            _reseed()
            init.serve(control, session)
        except OSError as error:
            init.send(control, {"failed": str(error)})
    finally:
        os._exit(0)


def _reseed() -> None:
    """Give each session random states of its own; a run's are seeded again when it loads its source."""
    random.seed()
    import numpy as np

    np.random.seed()  # noqa: NPY002 - the state that submissions may use
