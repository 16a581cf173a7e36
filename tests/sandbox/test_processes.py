"""Measuring processes by /proc: relatives are found, and what is gone counts nothing."""

import contextlib
import os
import subprocess
import sys
import threading
import time

import pytest

from sandbox.processes import Consumption, children, consumption, cpu_clock, descendants

GONE = 2**22 + 1  # beyond the largest process id that Linux can be set to


@contextlib.contextmanager
def started(program: str):
    """Run a Python program that says `ready` and then waits for its input to close."""
    command = [sys.executable, "-S", "-c", f"import os, sys\n{program}\nprint('ready', flush=True)\nsys.stdin.read()"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)


FORK_TWICE = """
pid = os.fork()
if not pid:
    if not os.fork():
        print('ready', flush=True)
        sys.stdin.read()
        os._exit(0)
    os.wait()
    os._exit(0)
sys.stdout.flush()
sys.stdin.read()
os.wait()
sys.exit()
"""


def test_children_and_grandchildren_are_found():
    """`children` is one generation, `descendants` all of them, and the process itself is in neither."""
    with started(FORK_TWICE) as process:
        (child,) = children(process.pid)
        (grandchild,) = children(child)
        assert descendants(process.pid) == [child, grandchild]
        assert process.pid in children(os.getpid())
        assert {process.pid, child, grandchild} <= set(descendants(os.getpid()))
        assert children(grandchild) == []


def test_a_child_that_a_thread_started_is_found():
    """Children belong to threads in /proc; those of every thread are counted."""
    done = threading.Event()
    found = []

    def start():
        with started("pass") as process:
            found.append(process.pid)
            done.wait(10)

    thread = threading.Thread(target=start)
    thread.start()
    try:
        while not found and thread.is_alive():
            time.sleep(0.01)
        assert found[0] in children(os.getpid())
    finally:
        done.set()
        thread.join()


def test_a_process_that_is_gone_has_no_children():
    """A process may end between being listed and being read."""
    assert children(GONE) == []
    assert descendants(GONE) == []


def test_a_process_that_is_gone_uses_nothing():
    """What is gone is left out of a sum and its clock reads zero."""
    assert consumption([GONE]) == Consumption(0.0, 0.0)
    assert consumption([]) == Consumption(0.0, 0.0)
    assert cpu_clock(GONE) == 0.0
    with started("pass") as process:
        assert consumption([GONE, process.pid, GONE]).memory_mib > 0


def test_a_process_that_has_been_waited_for_uses_nothing():
    """A finished process gives zero, not an error."""
    with started("pass") as process:
        pass
    assert cpu_clock(process.pid) == 0.0
    assert consumption([process.pid]) == Consumption(0.0, 0.0)


def test_memory_is_what_is_resident():
    """Sixty-four MiB that were written to show up, and as MiB."""
    with started("pass") as empty, started("data = b'x' * (64 << 20)") as full:
        grown = consumption([full.pid]).memory_mib - consumption([empty.pid]).memory_mib
        assert grown == pytest.approx(64, abs=8)


def test_a_sum_is_over_all_processes():
    """Memory of several processes is added up."""
    with started("data = b'x' * (32 << 20)") as first, started("data = b'x' * (32 << 20)") as second:
        both = consumption([first.pid, second.pid]).memory_mib
        assert both == pytest.approx(consumption([first.pid]).memory_mib + consumption([second.pid]).memory_mib, abs=1)
        assert both > 64


BURN = "import time\nwhile time.process_time() < 0.2: pass"


def test_the_clock_counts_work_and_not_waiting():
    """The CPU clock agrees with the process's own, and stands still while it sleeps."""
    with started(BURN) as process:
        time.sleep(0.02)
        before = cpu_clock(process.pid)
        assert 0.2 <= before < 2
        time.sleep(0.1)
        assert cpu_clock(process.pid) - before < 0.05
        assert consumption([process.pid]).cpu_seconds == pytest.approx(before, abs=0.05)


def test_the_clock_counts_all_threads():
    """Work in another thread of the process counts as much."""
    with started(
        f"import threading\ndef burn():\n    {BURN.replace(chr(10), chr(10) + '    ')}\n"
        "thread = threading.Thread(target=burn)\nthread.start()\nthread.join()"
    ) as process:
        assert cpu_clock(process.pid) >= 0.2


def test_our_own_clock_is_the_interpreters():
    """For the calling process the clock is `time.process_time`."""
    before = time.process_time()
    measured = cpu_clock(os.getpid())
    assert before <= measured <= time.process_time()


def test_children_that_were_waited_for_count_with_their_parent():
    """A process cannot hide its work in children that it waits for."""
    program = "import subprocess\n" + f"subprocess.run([sys.executable, '-S', '-c', {BURN!r}], check=True)"
    with started(program) as process:
        assert consumption([process.pid]).cpu_seconds >= 0.18
        assert cpu_clock(process.pid) < consumption([process.pid]).cpu_seconds


@pytest.mark.parametrize("name", [") 1 2 3 (", "a b", ")))) R 0 0"])
def test_a_processs_name_cannot_forge_its_numbers(name):
    """Whatever a process calls itself, the fields behind its name are read."""
    with started(f"open('/proc/self/comm', 'w').write({name!r})\n{BURN}") as process:
        used = consumption([process.pid])
        assert 0.1 <= used.cpu_seconds < 5
        assert 1 < used.memory_mib < 200
