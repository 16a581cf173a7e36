"""What a prisoner tries before a jail is trusted; each answer that is not None is a hole.

As a submission it is asked one thing after the other, as a program all of them (see `sandbox.probe`).
"""

import ctypes
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Sequence


def network(port: int) -> str | None:
    """Connect to a port of the machine."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return None
    return "it reaches the network"


def canary(paths: Sequence[str]) -> str | None:
    """Look for files of the machine."""
    seen = [path for path in paths if os.path.exists(path)]
    return f"it sees files of this machine: {seen[0]}" if seen else None


def processes(namespace: str) -> str | None:
    """Compare process namespaces."""
    return "it shares the process table" if os.readlink("/proc/self/ns/pid") == namespace else None


def forks(cap: int) -> str | None:
    """Start more processes than allowed."""
    children: list[int] = []
    try:
        while len(children) <= 4 * cap:
            pid = os.fork()
            if pid == 0:
                time.sleep(30)
                os._exit(0)
            children.append(pid)
    except OSError:
        return None
    return "it starts processes without end"


def privileges() -> str | None:
    """Look at one's own rights."""
    with open("/proc/self/status") as file:
        status = file.read()
    if os.getuid() == 0 or "CapEff:\t0000000000000000" not in status:
        return "it has privileges"
    return None if "NoNewPrivs:\t1" in status else "it could gain privileges"


def namespaces() -> str | None:
    """Unshare a user namespace."""
    return "it makes namespaces of its own" if ctypes.CDLL(None).unshare(0x10000000) == 0 else None


def write() -> str | None:
    """Write where nothing should be writable."""
    for folder in ("/", "/dev", "/usr", "/distributions"):
        try:
            open(os.path.join(folder, "probe"), "w").close()
        except OSError:
            continue
        return f"it writes to {folder}"
    return None


def main() -> None:
    """Try what the argument lists, with its arguments, and say on standard error what came of it."""
    tries: dict[str, Callable[..., str | None]] = {
        function.__name__: function for function in (network, canary, processes, privileges, namespaces, write, forks)
    }
    questions = json.loads(sys.argv[1])
    holes = [answer for name, arguments in questions.items() if (answer := tries[name](*arguments)) is not None]
    sys.stderr.write("\n".join(holes or ["no way out"]) + "\n")


if __name__ == "__main__":
    main()
