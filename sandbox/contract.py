"""What every sandbox backend offers: sessions that start runs, and runs that are measured.

A *session* is one sandboxed process tree with a warm interpreter. A *run* is one
process forked in it, which loads a source text and answers calls on a byte
stream. No run is forked from a process that has seen submitted code.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use before it is stopped.

    `wall_seconds` counts the time its caller waits for answers, `cpu_seconds`
    and `memory_mib` add up all its processes.
    """

    wall_seconds: float = 20.0
    cpu_seconds: float = 20.0
    memory_mib: int = 1024
    output_kib: int = 1024
    disk_mib: int = 64
    processes: int = 64


@dataclass(frozen=True, slots=True)
class Environment:
    """What a session's interpreter can import beyond the standard library.

    `distributions` are installed distributions by name; `preload` names the
    modules that the session imports once, before any source is loaded.
    """

    distributions: tuple[str, ...] = ("numpy",)
    preload: tuple[str, ...] = ("numpy", "numpy.linalg", "numpy.random")


class Stop(StrEnum):
    """Why a run is over."""

    ENDED = "ended"
    EXITED = "exited"
    KILLED = "killed"
    CPU = "cpu"
    MEMORY = "memory"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run has used so far, measured from outside its processes."""

    cpu_seconds: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, what it used and what it printed.

    `status` is an exit status (`Stop.EXITED`) or a signal's number (`Stop.KILLED`).
    """

    stop: Stop
    status: int
    usage: Usage
    output: str


class Run(Protocol):
    """One process that loads a source and answers calls."""

    @property
    def stream(self) -> socket.socket:
        """Return the caller's end of the byte stream to the run."""
        ...

    @property
    def area(self) -> int | None:
        """Return the memory that large replies come in (see `sandbox.memory`); None where only the stream exists."""
        ...

    @property
    def descriptors(self) -> Sequence[int]:
        """Return the descriptors that `attend` wants to be woken for."""
        ...

    def attend(self) -> None:
        """Take in what was printed and stop the run if it is past a limit."""
        ...

    def usage(self) -> Usage:
        """Measure the run as it stands."""
        ...

    def end(self) -> Ending:
        """Kill the run and all it left behind; say how it ended."""
        ...


class Session(Protocol):
    """A sandboxed interpreter, ready to start runs one after the other."""

    def start(self, *, may_fork: bool = True) -> Run:
        """Start a clean run; with `may_fork=False` it can create no process of its own."""
        ...

    def close(self) -> None:
        """Kill everything in the session and free what it held."""
        ...


class Sandbox(Protocol):
    """A way of opening sessions."""

    @property
    def name(self) -> str:
        """Return the backend's name for reports."""
        ...

    @property
    def is_isolated(self) -> bool:
        """Tell whether submitted code is kept from the host."""
        ...

    @property
    def limits_by(self) -> str:
        """Return what holds a whole session to its limits, "degraded" where only single processes are held."""
        ...

    def open(self, limits: Limits, environment: Environment) -> Session:
        """Begin a session; raise SandboxError when it cannot be had."""
        ...

    def close(self) -> None:
        """End what is kept between sessions, and all sessions with it."""
        ...


@dataclass(frozen=True, slots=True)
class Probe:
    """What a live probe of one backend found."""

    name: str
    is_usable: bool
    findings: tuple[str, ...] = field(default=())
