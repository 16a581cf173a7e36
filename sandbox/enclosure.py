"""A jail for a program of ours that runs what we do not trust: descriptors that we give it, and nothing of the machine.

Like a session's jail, but for a whole program: no network, no file but the
interpreter, the program's own packages and some distributions, an empty
environment, a scratch folder in memory, a system call filter, a user of its own
where root starts it, limits on memory, processes and files.
"""

import contextlib
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sandbox import cgroups, walls
from sandbox.errors import SandboxError
from sandbox.filters import is_supported
from sandbox.local import FILES_CAP, VARIABLES
from sandbox.mounts import DISTRIBUTIONS, LIBRARY, SCRATCH, base_interpreter
from sandbox.processes import children, consumption, descendants
from sandbox.walls import FILTERS, Starter

_WORDS_CAP = 4096
_DESCRIPTORS = 256


@dataclass(frozen=True, slots=True)
class Program:
    """A module to run, the packages (folders) that it is made of, and the distributions that it imports.

    `arguments` come before the numbers of descriptors.
    """

    module: str
    packages: tuple[Path, ...]
    distributions: tuple[str, ...]
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program in an enclosure may use, all its processes together."""

    memory_mib: int = 2048
    processes: int = 64
    disk_mib: int = 64


class Enclosed:
    """A program at work in its jail."""

    def __init__(self, process: "subprocess.Popen[bytes]", words: IO[bytes], bounds: Bounds) -> None:
        """Watch a bwrap and what it starts; `words` is what they say when they fail."""
        self._process = process
        self._words = words
        self._bounds = bounds
        self._group: cgroups.Group | None = None

    def confine(self, group: cgroups.Group) -> None:
        """Put all processes that there are into a control group, and so all that will be.

        Parents come first: what they fork later is born in the group, and what
        they had forked before is found below them.
        """
        self._group = group
        waiting = [self.pid]
        while waiting:
            pid = waiting.pop()
            with contextlib.suppress(ProcessLookupError):
                group.add(pid)
            waiting += children(pid)

    @property
    def pid(self) -> int:
        """Return the process outside that all others descend from."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Tell whether the program goes on."""
        return self._process.poll() is None

    def is_over_memory(self) -> bool:
        """Tell whether it holds too much, where no control group sees to that."""
        if self._group is not None:
            return False
        return consumption(descendants(self.pid)).memory_mib > self._bounds.memory_mib

    def last_words(self, wait_seconds: float = 1.0) -> str:
        """Return what a program that ends said, or has said by then."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(wait_seconds)
        self._words.seek(0)
        return self._words.read(_WORDS_CAP).decode(errors="replace").strip()

    def close(self) -> None:
        """Kill every process in the jail and free what it held; once more does nothing."""
        if self._process.poll() is None:
            walls.end(self._process)
        self._words.close()
        if self._group is not None:
            with contextlib.suppress(SandboxError):
                self._group.remove()
            self._group = None


@dataclass(eq=False)
class Enclosures:
    """Starts a program again and again, each time in a jail of its own; `binary` is the bwrap to use."""

    binary: str
    program: Program
    bounds: Bounds = Bounds()
    _starter: Starter = field(default_factory=Starter, init=False)

    def start(self, descriptors: Sequence[int]) -> Enclosed:
        """Start the program with these descriptors, whose numbers are its arguments.

        Raises SandboxError when there is no jail to be had.
        """
        if not is_supported():
            raise SandboxError("bubblewrap: this machine's architecture has no system call filter here")
        arguments = [self.binary, *self._jail(), "--", *self._inside(), *map(str, descriptors)]
        words = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the program
        try:
            process = self._starter.start(
                arguments,
                pass_fds=tuple(descriptors),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                env={},
            )
        except OSError as error:
            words.close()
            raise SandboxError(f"bubblewrap: {error}") from error
        enclosed = Enclosed(process, words, self.bounds)
        groups = cgroups.find()
        if groups is not None:
            try:
                enclosed.confine(groups.make(self.bounds.memory_mib, self.bounds.processes))
            except (OSError, SandboxError) as error:
                enclosed.close()
                raise SandboxError(f"bubblewrap: {error}") from error
        return enclosed

    def _jail(self) -> list[str]:
        library = [(str(folder), folder.name) for folder in self.program.packages]
        variables = VARIABLES | {"PYTHONPATH": f"{DISTRIBUTIONS}:{LIBRARY}"}
        return [
            *walls.namespaces(),
            *walls.read_only_root(library, self.program.distributions, self.bounds.disk_mib),
            *walls.environment_of(variables),
        ]

    def _inside(self) -> list[str]:
        bounds = self.bounds
        # Address space is more than memory: the area of each run's replies is mapped whole.
        config = {
            "module": self.program.module,
            "user": walls.own_user(),
            "scratch": SCRATCH,
            "disk_mib": bounds.disk_mib,
            "files": FILES_CAP,
            "filters": FILTERS,
            "rlimits": {
                "RLIMIT_AS": 2 * bounds.memory_mib << 20,
                "RLIMIT_NPROC": bounds.processes,
                "RLIMIT_FSIZE": bounds.disk_mib << 20,
                "RLIMIT_NOFILE": _DESCRIPTORS,
                "RLIMIT_CORE": 0,
            },
        }
        return [
            *(base_interpreter(), "-P", "-s", "-S", "-B", "-m", "sandbox.jail.entrance"),
            *(json.dumps(config), *self.program.arguments),
        ]

    def close(self) -> None:
        """End the thread that starts programs, and with it every program that it started."""
        self._starter.close()
