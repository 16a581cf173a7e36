"""How a door's graders are started: as children with an empty environment, or each in a jail of its own."""

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

from sandbox.enclosure import Enclosures, Program
from sandbox.mounts import with_requirements

_PACKAGES = ("judge", "sandbox", "reference")
# Suites may import what rivals do.
_DISTRIBUTIONS = ("numpy", "scikit-learn", "hypothesis", "msgspec")
_MODULE = "judge.grader"
_LOOK_SECONDS = 0.1


class GraderProcess(Protocol):
    """A grader with all that it has started."""

    @property
    def pid(self) -> int:
        """Return the process that the others descend from."""
        ...

    def is_alive(self) -> bool:
        """Tell whether it goes on."""
        ...

    def is_over_memory(self) -> bool:
        """Tell whether it holds more than it may, where nothing else sees to that."""
        ...

    def last_words(self) -> str:
        """Return what it said as it failed, if that was kept."""
        ...

    def close(self) -> None:
        """Kill it and wait until it is gone."""
        ...


class Graders(Protocol):
    """A way of starting graders."""

    @property
    def is_jailed(self) -> bool:
        """Tell whether a grader sees nothing but what it is sent."""
        ...

    @property
    def patience_seconds(self) -> float:
        """Return how long a grader may take over one submission, before time limits are scaled."""
        ...

    def start(self, descriptors: Sequence[int]) -> GraderProcess:
        """Start a grader with connected sockets: its door's, then one to the broker for each lane."""
        ...


class _Child:
    """A grader in a process group of its own."""

    def __init__(self, descriptors: Sequence[int]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _MODULE, *map(str, descriptors)],
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_variables(),
            process_group=0,
        )
        self.pid = self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def is_over_memory(self) -> bool:
        return False

    def last_words(self) -> str:
        return ""

    def close(self) -> None:
        # The group holds the child that grades too, which may have outlived a grader that was killed.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


class Children:
    """Graders that can read what their user can, for whoever trusts the suites: they are files of that user."""

    is_jailed = False
    # A suite of one's own that hangs is one's own to interrupt.
    patience_seconds = math.inf

    def start(self, descriptors: Sequence[int]) -> GraderProcess:
        """Start a grader as a child."""
        return _Child(descriptors)


CHILDREN = Children()


class Jailed:
    """Graders that have no network and no file of the machine; suites are sent to them."""

    is_jailed = True

    def __init__(self, binary: str, patience_seconds: float = 180.0) -> None:
        """Use the bwrap at `binary`."""
        self.patience_seconds = patience_seconds
        self._enclosures = Enclosures(binary, _program())

    def start(self, descriptors: Sequence[int]) -> GraderProcess:
        """Start a grader in a jail of its own; raise SandboxError when there is none to be had."""
        return self._enclosures.start(descriptors)

    def close(self) -> None:
        """End every grader that is left."""
        self._enclosures.close()


class Watch:
    """Looks after a grader while it grades, and kills one that goes on for too long or holds too much."""

    def __init__(self, process: GraderProcess, patience_seconds: float) -> None:
        """Give the grader so long from now."""
        self.verdict = ""
        self._process = process
        self._patience_seconds = patience_seconds
        self._until = time.monotonic() + patience_seconds
        self._is_done = threading.Event()

    def look(self) -> None:
        """Look again and again until there is nothing to look after."""
        while not self._is_done.wait(_LOOK_SECONDS):
            if time.monotonic() > self._until:
                self.verdict = f"the suite took longer than {self._patience_seconds:g} seconds over a submission"
            elif self._process.is_over_memory():
                self.verdict = "the suite takes more memory than a grader may have"
            if self.verdict:
                self._process.close()
                return

    def end(self) -> None:
        """Look no more."""
        self._is_done.set()


@contextmanager
def watching(process: GraderProcess, patience_seconds: float) -> Iterator[Watch]:
    """Watch a grader during the block, unless there is all the time in the world."""
    watch = Watch(process, patience_seconds)
    if math.isinf(patience_seconds):
        yield watch
        return
    thread = threading.Thread(target=watch.look, name="grader's watch", daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.end()
        thread.join()


@cache
def _program() -> Program:
    root = Path(__file__).resolve().parent.parent
    distributions = dict.fromkeys(name for wanted in _DISTRIBUTIONS for name in with_requirements(wanted))
    return Program(_MODULE, tuple(root / name for name in _PACKAGES), tuple(distributions))


def _variables() -> dict[str, str]:
    """Return the whole environment of a child: nothing of the door's, which may hold credentials."""
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **one_thread}
