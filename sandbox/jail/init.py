"""A session's first process: shuts itself in, then starts and ends runs. It never loads a source.

It obeys its control socket alone, which a run closes before anything else.
Messages are JSON: `start` brings a run's descriptors, `end` asks how it ended.
"""

import array
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from sandbox.jail import kernel
from sandbox.jail.answering import Answering

_MESSAGE_CAP = 1 << 16
_DESCRIPTORS_CAP = 4
_FOLDER_MODE = 0o1777
# Where memory runs out, a run is what the kernel should kill, not the process that tells of it.
_FIRST_TO_KILL = "500"

Json = Any


def receive(control: socket.socket) -> tuple[Json, list[int]]:
    """Return the next message on a control socket and its descriptors; None once it is closed."""
    space = socket.CMSG_SPACE(_DESCRIPTORS_CAP * array.array("i").itemsize)
    text, ancillary, _, _ = control.recvmsg(_MESSAGE_CAP, space)
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(data)
    return json.loads(text) if text else None, list(descriptors)


def send(control: socket.socket, message: Json) -> None:
    """Send one message on a control socket."""
    control.send(json.dumps(message).encode())


def serve(control: socket.socket, session: Json) -> None:
    """Start and end runs until the control socket closes."""
    init = Init(session)
    send(control, {"ready": True})
    while True:
        message, descriptors = receive(control)
        if message is None:
            return
        if "start" in message:
            pid = init.start(descriptors, [control.fileno()], may_fork=message["start"]["may_fork"])
            send(control, {"started": pid})
        else:
            send(control, init.end())


class Init:
    """The process that runs are forked from, and its run of the moment."""

    def __init__(self, session: Json) -> None:
        """Shut this process in as `session` says; what could still hurt is given up last."""
        self._session = session
        self.pid = 0
        jail_filter, self._timed_filter = read_filters(session["filters"])
        if not session["is_filtered"]:
            jail_filter = b""
        for folder in session["mounts"]:
            options = f"mode=1777,size={session['disk_mib']}m,nr_inodes={session['files']}"
            kernel.mount("tmpfs", folder, options)
        # A handler of Python's own would let a run interrupt the namespace's first process, which else takes no signal.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        kernel.adopt_orphans()
        if session["parent"]:
            kernel.die_with_parent()
            if session["parent"] != os.getppid():
                sys.exit()
        kernel.drop_capabilities()
        # Runs have the same user; they may not read or write the process that starts the next one.
        kernel.set_dumpable(value=False)
        if jail_filter:
            kernel.install_filter(jail_filter)

    def start(self, descriptors: list[int], own: list[int], *, may_fork: bool) -> int:
        """Fork a run that has its descriptors, stream, output and perhaps area, and none of `own`."""
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                for descriptor in own:
                    os.close(descriptor)
                stream, output, *area = descriptors
                self._confine(output, may_fork=may_fork)
                Answering(stream, *area).serve()
                status = 0
            finally:
                os._exit(status)
        for descriptor in descriptors:
            os.close(descriptor)
        return self.pid

    def _confine(self, output: int, *, may_fork: bool) -> None:
        """Leave the fresh process nothing but its stream, its output and its limits."""
        nothing = os.open("/dev/null", os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(nothing)
        os.close(output)
        # What was printed before a run is killed is often what explains it.
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a stream of text, as the interpreter opens it
        os.chdir(self._session["scratch"][0])
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.register_at_fork(after_in_child=random.seed)
        kernel.set_dumpable(value=True)
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as adjustment:
            adjustment.write(_FIRST_TO_KILL)
        for name, value in self._session["rlimits"].items():
            resource.setrlimit(getattr(resource, name), (value, value))
        resource.setrlimit(resource.RLIMIT_AS, (kernel.address_space() + self._session["memory"],) * 2)
        if not may_fork and self._timed_filter:
            kernel.install_filter(self._timed_filter)

    def end(self) -> Json:
        """Kill the run and every process that it left, empty its folders, say how it ended."""
        was_dead = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        _kill_all()
        _, status, used = os.wait4(self.pid, 0)
        with contextlib.suppress(ChildProcessError):
            while True:
                _kill_all()
                os.wait()
        emptied = [_empty(folder) for folder in self._session["scratch"]]
        return {
            # Its stream closes a moment before it is dead, so it may be killed while it exits by itself.
            "own_end": was_dead or status != signal.SIGKILL,
            "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status),
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "memory_kib": used.ru_maxrss,
            "is_clean": all(emptied),
        }


@cache
def read_filters(folder: str) -> tuple[bytes, bytes]:
    """Return the filters of a jail and of timed runs for this machine; empty ones where there is no folder."""
    return kernel.read_filter(folder, "jail"), kernel.read_filter(folder, "timed")


def _kill_all() -> None:
    """Kill all that is left of the run; orphans are init's children too."""
    if os.getpid() == 1:
        # The namespace's first process: this reaches everything else in it, and never init.
        pids = [-1]
    else:
        with open(f"/proc/self/task/{os.getpid()}/children") as listing:
            pids = [int(pid) for pid in listing.read().split()]
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _empty(folder: str) -> bool:
    """Remove what is in a folder; tell whether all of it is gone."""

    def allow(_: Callable[..., Any], path: str, __: Any) -> None:
        # A folder that its owner may not read or search is opened up, for the second try.
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)

    for _ in range(2):
        with contextlib.suppress(OSError, RecursionError):
            for entry in os.scandir(folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, onerror=allow)
                else:
                    os.unlink(entry.path)
    # The folder itself would tell the next run something as well.
    with contextlib.suppress(OSError):
        os.chmod(folder, _FOLDER_MODE)
        os.utime(folder, (0, 0))
    return not os.listdir(folder)
