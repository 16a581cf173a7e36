"""Control groups, which limit and count memory and processes of a whole session, where this machine lets us make them.

Tried in this order, by making a group: version 2 where memory and pids are
delegated to us, then version 1 where its folders are writable. Without either,
limits are those of single processes plus a look from outside every few
milliseconds, and reports say so.
"""

import contextlib
import itertools
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from sandbox.errors import SandboxError

_ROOT = Path("/sys/fs/cgroup")
# What a session's first process and the kernel's own bookkeeping take beside the run.
_OWN_MIB = 32
_OWN_PROCESSES = 2
_REMOVAL_SECONDS = 2.0
_numbers = itertools.count()


class Group(Protocol):
    """One session's control group."""

    def add(self, pid: int) -> None:
        """Move a process into the group; what it forks is born there."""
        ...

    def begin(self) -> None:
        """Begin to measure a run."""
        ...

    @property
    def cpu_seconds(self) -> float:
        """Return the CPU time since the run began, of all processes, dead ones too."""
        ...

    @property
    def peak_mib(self) -> float:
        """Return the most memory that the run held at once, files in memory included."""
        ...

    @property
    def is_out_of_memory(self) -> bool:
        """Tell whether the kernel has killed for memory since the run began."""
        ...

    def remove(self) -> None:
        """Remove the group, whose processes are dead or dying."""
        ...


def _number(path: Path) -> int:
    return int(path.read_text())


def _entry(path: Path, name: str) -> int:
    """Return one number of a file of `name number` lines; 0 when it is not there."""
    for line in path.read_text().splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return int(value)
    return 0


def _remove(folders: list[Path]) -> None:
    """Remove groups as soon as their last process is gone."""
    deadline = time.monotonic() + _REMOVAL_SECONDS
    for folder in folders:
        while folder.exists():
            try:
                folder.rmdir()
            except OSError as error:
                if time.monotonic() > deadline:
                    raise SandboxError(f"{folder} cannot be removed: {error}") from error
                time.sleep(0.001)


@dataclass(slots=True)
class GroupV1:
    """A group in each of version 1's hierarchies that matter: memory, pids, cpuacct."""

    folders: dict[str, Path]
    _cpu: int = 0
    _killed: int = 0
    _memory: int = 0

    def limit(self, memory_mib: int, processes: int) -> None:
        """Set the limits; swap is closed where the kernel counts it."""
        memory = str((memory_mib + _OWN_MIB) << 20)
        (self.folders["memory"] / "memory.limit_in_bytes").write_text(memory)
        with contextlib.suppress(OSError):
            (self.folders["memory"] / "memory.memsw.limit_in_bytes").write_text(memory)
        (self.folders["pids"] / "pids.max").write_text(str(processes + _OWN_PROCESSES))

    def add(self, pid: int) -> None:
        """Move a process into the group; what it forks is born there."""
        for folder in self.folders.values():
            (folder / "cgroup.procs").write_text(str(pid))

    def begin(self) -> None:
        """Begin to measure a run."""
        memory = self.folders["memory"]
        (memory / "memory.max_usage_in_bytes").write_text("0")
        self._memory = _number(memory / "memory.usage_in_bytes")
        self._killed = _entry(memory / "memory.oom_control", "oom_kill")
        self._cpu = _number(self.folders["cpuacct"] / "cpuacct.usage")

    @property
    def cpu_seconds(self) -> float:
        """Return the CPU time since the run began."""
        return (_number(self.folders["cpuacct"] / "cpuacct.usage") - self._cpu) / 1e9

    @property
    def peak_mib(self) -> float:
        """Return the most memory since the run began."""
        return max(_number(self.folders["memory"] / "memory.max_usage_in_bytes") - self._memory, 0) / (1 << 20)

    @property
    def is_out_of_memory(self) -> bool:
        """Tell whether the kernel has killed for memory since the run began."""
        return _entry(self.folders["memory"] / "memory.oom_control", "oom_kill") > self._killed

    def remove(self) -> None:
        """Remove the group from all hierarchies."""
        _remove(list(self.folders.values()))


@dataclass(slots=True)
class GroupV2:
    """A group of version 2's one hierarchy."""

    folder: Path
    _cpu: int = 0
    _killed: int = 0
    _memory: int = 0
    _seen: int = 0

    def limit(self, memory_mib: int, processes: int) -> None:
        """Set the limits; there is no swap."""
        (self.folder / "memory.max").write_text(str((memory_mib + _OWN_MIB) << 20))
        with contextlib.suppress(OSError):
            (self.folder / "memory.swap.max").write_text("0")
        (self.folder / "pids.max").write_text(str(processes + _OWN_PROCESSES))

    def add(self, pid: int) -> None:
        """Move a process into the group; what it forks is born there."""
        (self.folder / "cgroup.procs").write_text(str(pid))

    def begin(self) -> None:
        """Begin to measure a run."""
        # The kernel's own peak can be set back from 6.12 on only, so what is seen at each look is what counts.
        self._seen = self._memory = _number(self.folder / "memory.current")
        self._killed = _entry(self.folder / "memory.events", "oom_kill")
        self._cpu = _entry(self.folder / "cpu.stat", "usage_usec")

    @property
    def cpu_seconds(self) -> float:
        """Return the CPU time since the run began."""
        return (_entry(self.folder / "cpu.stat", "usage_usec") - self._cpu) / 1e6

    @property
    def peak_mib(self) -> float:
        """Return the most memory that was seen since the run began."""
        self._seen = max(self._seen, _number(self.folder / "memory.current"))
        return max(self._seen - self._memory, 0) / (1 << 20)

    @property
    def is_out_of_memory(self) -> bool:
        """Tell whether the kernel has killed for memory since the run began."""
        return _entry(self.folder / "memory.events", "oom_kill") > self._killed

    def remove(self) -> None:
        """Remove the group."""
        _remove([self.folder])


@dataclass(frozen=True, slots=True)
class Cgroups:
    """A place to make groups in; `version` is for reports."""

    version: str
    _make: Callable[[str], GroupV1 | GroupV2]

    def make(self, memory_mib: int, processes: int) -> Group:
        """Make a group with limits; raise SandboxError when the kernel refuses."""
        try:
            group = self._make(f"judge-{os.getpid()}-{next(_numbers)}")
            group.limit(memory_mib, processes)
        except OSError as error:
            raise SandboxError(f"a control group cannot be made: {error}") from error
        return group


@cache
def find(root: Path = _ROOT) -> Cgroups | None:
    """Return where groups can be made here, None where nothing lets us."""
    for look in (_version_2, _version_1):
        with contextlib.suppress(OSError, SandboxError, ValueError, KeyError):
            found = look(root, _own_paths())
            group = found.make(memory_mib=64, processes=8)
            group.begin()
            group.remove()
            return found
    return None


def _own_paths(table: str = "/proc/self/cgroup") -> dict[str, str]:
    """Return this process's group in each hierarchy, version 2's under the empty name."""
    paths: dict[str, str] = {}
    for line in Path(table).read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        paths |= {name: path.lstrip("/") for name in controllers.split(",")}
    return paths


def _sweep(folder: Path) -> None:
    """Remove the empty groups of judges that were killed."""
    for old in folder.glob("judge-*-*"):
        pid = old.name.split("-")[1]
        if pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            with contextlib.suppress(OSError):
                old.rmdir()


def _version_2(root: Path, own: dict[str, str]) -> Cgroups:
    folder = root / own[""]
    controllers = folder / "cgroup.subtree_control"
    if not {"memory", "pids"} <= set(controllers.read_text().split()):
        # A group with processes of its own cannot hand controllers on: we step aside first.
        leaf = folder / "judge"
        leaf.mkdir(exist_ok=True)
        (leaf / "cgroup.procs").write_text(str(os.getpid()))
        controllers.write_text("+memory +pids")
    _sweep(folder)

    def make(name: str) -> GroupV2:
        (folder / name).mkdir()
        return GroupV2(folder / name)

    return Cgroups("cgroup v2", make)


def _version_1(root: Path, own: dict[str, str]) -> Cgroups:
    bases = {name: _base(root / name, own[name]) for name in ("memory", "pids", "cpuacct")}
    for base in bases.values():
        _sweep(base)

    def make(name: str) -> GroupV1:
        folders = {controller: base / name for controller, base in bases.items()}
        for folder in folders.values():
            folder.mkdir()
        return GroupV1(folders)

    return Cgroups("cgroup v1", make)


def _base(hierarchy: Path, own: str) -> Path:
    """Return our own group's folder; in a container the hierarchy shows only that group, as its root."""
    return hierarchy / own if (hierarchy / own).is_dir() else hierarchy
