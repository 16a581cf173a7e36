"""Finds out by trying what isolates on this machine, never by reading version numbers."""

import json
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sandbox.bubblewrap import Bubblewrap
from sandbox.contract import Limits, Probe, Run, Sandbox, Session
from sandbox.docker import Docker
from sandbox.enclosure import Bounds, Enclosures, Program
from sandbox.errors import SandboxError, WireError
from sandbox.frames import Header, pack, receive_header
from sandbox.mending import Mend, bubblewrap_mends, docker_mends
from sandbox.walls import candidates

_SECONDS = 20.0
_BOUNDS = Bounds(memory_mib=256, processes=16, disk_mib=1)
_NO_WAY_OUT = "no way out"

_PRISONER = Path(__file__).parent / "jail" / "prisoner.py"


def backends(name: str | None = None, *, is_cold: bool = False) -> list[Sandbox]:
    """Return the backends to try, the best first; one by name only, or cold ones only."""
    bubblewraps = [Bubblewrap(path, is_warm) for is_warm in (True, False) for path in candidates()]
    found: list[Sandbox] = [sandbox for sandbox in bubblewraps if not (is_cold and sandbox.is_warm)]
    found.append(Docker())
    return [sandbox for sandbox in found if name is None or sandbox.name.startswith(name)]


def mends(probes: list[Probe]) -> list[Mend]:
    """Return what would make the backends work that do not."""
    found = []
    for probe in probes:
        if not probe.is_usable and probe.name == "docker":
            found += [mend for finding in probe.findings for mend in docker_mends(finding)]
        elif not probe.is_usable:
            found += bubblewrap_mends(candidates())
    if not candidates():
        found += bubblewrap_mends([])
    return list(dict.fromkeys(found))


def advice(probes: list[Probe]) -> str:
    """Say why nothing isolates and what would."""
    tried = "\n".join(f"  {probe.name}: {'; '.join(probe.findings)}" for probe in probes)
    todo = "\n".join(f"  {mend.reason}:\n    {mend.command}" for mend in mends(probes))
    return (
        "Nothing isolates submitted code on this machine, so nothing was run. Tried:\n"
        f"{tried or '  nothing'}\n"
        f"What would help, one of:\n{todo}\n"
        "  For code that you trust as you trust yourself:\n    --unsafe-no-sandbox"
    )


def examine(name: str, session: Session, limits: Limits) -> Probe:
    """Let a prisoner try the ways out of a session; the session stays usable."""
    try:
        with _canaries() as paths, _listener() as port:
            holes = _holes(session.start(), paths, port, limits.processes)
    except (SandboxError, EOFError, OSError, WireError) as error:
        return Probe(name, False, (" ".join(str(error).split()),))
    return Probe(name, not holes, tuple(holes))


def _holes(run: Run, paths: list[str], port: int, processes: int) -> list[str]:
    questions = _questions(paths, port, processes)
    _request(
        run,
        {
            "op": "load",
            "source": _PRISONER.read_text(encoding="utf-8"),
            "file": "prisoner.py",
            "name": "prisoner",
            "seed": 0,
        },
    )
    holes = [answer for name, arguments in questions.items() if (answer := _ask(run, name, arguments)) is not None]
    run.end()
    return holes


def _questions(paths: list[str], port: int, processes: int) -> dict[str, list[Any]]:
    """Return what a prisoner is to try, and with what."""
    return {
        "network": [port],
        "canary": [paths],
        "processes": [os.readlink("/proc/self/ns/pid")],
        "privileges": [],
        "namespaces": [],
        "write": [],
        "forks": [processes],
    }


def examine_enclosure(binary: str) -> Probe:
    """Let a prisoner try the ways out of an enclosure that the bwrap at `binary` makes."""
    try:
        with _canaries() as paths, _listener() as port:
            questions = _questions(paths, port, _BOUNDS.processes)
            program = Program("sandbox.jail.prisoner", (Path(__file__).parent,), (), (json.dumps(questions),))
            said = _said(Enclosures(binary, program, _BOUNDS))
    except SandboxError as error:
        return Probe("bubblewrap", False, (" ".join(str(error).split()),))
    return Probe("bubblewrap", said == [_NO_WAY_OUT], tuple(line for line in said if line != _NO_WAY_OUT))


def _said(enclosures: Enclosures) -> list[str]:
    try:
        enclosed = enclosures.start(())
        try:
            return enclosed.last_words(_SECONDS).splitlines()
        finally:
            enclosed.close()
    finally:
        enclosures.close()


def _ask(run: Run, name: str, arguments: list[Any]) -> str | None:
    reply = _request(run, {"op": "call", "target": 0, "name": name, "args": arguments, "kwargs": {}, "watch": False})
    return f"{name}: {reply['raised']['message']}" if "raised" in reply else reply["value"]


def _request(run: Run, header: Header) -> Header:
    run.stream.settimeout(_SECONDS)
    run.stream.sendall(pack(header))
    return receive_header(run.stream, time.monotonic() + _SECONDS)[0]


@contextmanager
def _canaries() -> Iterator[list[str]]:
    # A jail has a /tmp of its own, so a file there would prove nothing; /dev/shm is shared by all who have it.
    folders = [folder for folder in (str(Path.home()), "/dev/shm") if os.access(folder, os.W_OK)]  # noqa: S108 - looked at only
    with ExitStack() as stack:
        yield [__file__, *(stack.enter_context(tempfile.NamedTemporaryFile(dir=folder)).name for folder in folders)]


@contextmanager
def _listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
