"""The process that has NumPy imported and forks sessions from it, each into namespaces of its own.

It runs in an outer jail, holds no secret, has one thread and never loads a
source. What it forks is the first process of its namespaces and becomes a
session's init, as a user of its own.
"""

import contextlib
import os
import signal
import socket
from typing import Any

from sandbox.jail import init, kernel

_NOBODY = 65534

Json = Any


def serve(control: socket.socket, filters: str) -> None:
    """Fork a session for each `spawn`, which brings the session's own control socket, until the control closes."""
    if os.geteuid() == 0:
        # bwrap covers parts of the /proc that root mounts, and the kernel then refuses nested ones.
        kernel.mount("proc", "/proc")
    init.read_filters(filters)
    # Sessions are children of the first process here: the kernel reaps them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors = init.receive(control)
        if message is None:
            return
        _spawn(control, socket.socket(fileno=descriptors[0]), message["spawn"])


def _spawn(control: socket.socket, session_control: socket.socket, session: Json) -> None:
    """Fork the process that becomes a session's init, and map the user of its namespace."""
    with session_control:
        here, there = socket.socketpair()
        with here, there:
            try:
                pid = kernel.fork_into(kernel.NEW_NAMESPACES)
                if pid == 0:
                    control.close()
                    here.close()
                    _become_session(there, session_control, session)
                _map_user(pid, session["outer_uid"])
                here.send(b"1")
            except OSError as error:
                # A fork that was killed meanwhile, or could not be had, is no reason to take all other sessions along.
                with contextlib.suppress(OSError):
                    init.send(session_control, {"failed": str(error)})


def _map_user(pid: int, outer_uid: int | None) -> None:
    """Map the one user of a process's user namespace; only its parent may map to another user than itself."""
    user = os.geteuid() if outer_uid is None else outer_uid
    group = os.getegid() if outer_uid is None else outer_uid
    kernel.map_user(pid, _NOBODY, user, group)


def _become_session(parent: socket.socket, control: socket.socket, session: Json) -> None:
    """Serve as a session's init; never returns."""
    try:
        try:
            with parent:
                # It says that the user is mapped; without that, changing to it fails.
                parent.recv(1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
            kernel.mount("proc", "/proc")
            init.serve(control, session)
        except OSError as error:
            init.send(control, {"failed": str(error)})
    finally:
        os._exit(0)
