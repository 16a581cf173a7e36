"""What a process and its descendants use, read from /proc by whoever may not trust them."""

import contextlib
import os
import time
from dataclasses import dataclass

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / (1 << 20)


@dataclass(frozen=True, slots=True)
class Consumption:
    """Processor time and resident memory of a set of processes."""

    cpu_seconds: float
    memory_mib: float


def children(pid: int) -> list[int]:
    """Return the direct children of all threads of `pid`."""
    found: list[int] = []
    for thread in _threads(pid):
        # A thread may end at any moment; those after it still count.
        with (
            contextlib.suppress(FileNotFoundError, ProcessLookupError),
            open(f"/proc/{pid}/task/{thread}/children") as listing,
        ):
            found += map(int, listing.read().split())
    return found


def _threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")
    except (FileNotFoundError, ProcessLookupError):
        return []


def descendants(pid: int) -> list[int]:
    """Return every process below `pid`, itself left out."""
    found: list[int] = []
    waiting = children(pid)
    while waiting:
        found += waiting
        waiting = [grandchild for child in waiting for grandchild in children(child)]
    return found


def cpu_clock(pid: int) -> float:
    """Return the CPU seconds of one process, all its threads included, to the nanosecond.

    The clock's number is the kernel's encoding of a process's CPU clock
    (`man 3 clock_getcpuclockid`); 0.0 for a process that is gone.
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def consumption(pids: list[int], shared_mib: float = 0.0) -> Consumption:
    """Add up what processes use now; those already waited for count with their parents.

    Memory that several processes share counts once, in parts. Where the kernel
    does not tell us, `shared_mib` is taken off what each has resident.
    """
    cpu, memory = 0.0, 0.0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", "rb") as stat:
                # The name in parentheses may hold anything, a space or a parenthesis too.
                fields = stat.read().rpartition(b")")[2].split()
            cpu += sum(map(int, fields[11:15])) / _TICKS
            memory += _memory_mib(pid, shared_mib)
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue
    return Consumption(cpu, memory)


def _memory_mib(pid: int, shared_mib: float) -> float:
    """Return a process's share of the memory that it has resident (its Pss, `man 5 proc`)."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup", "rb") as rollup:
        for line in rollup:
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) / 1024
    with open(f"/proc/{pid}/statm", "rb") as statm:
        return max(int(statm.read().split()[1]) * _PAGE_MIB - shared_mib, 0.0)
