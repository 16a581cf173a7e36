"""Puts the judge together: the only place that chooses a sandbox."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from judge.errors import JudgeError
from judge.graders import Jailed
from judge.judging import Judge, rival_environment, scaled
from judge.problem import Problem
from sandbox.broker import Broker
from sandbox.contract import Probe
from sandbox.errors import SandboxError
from sandbox.probe import advice, backends, examine, examine_enclosure
from sandbox.unsafe import Unsafe
from sandbox.walls import candidates

# Twice what the loop of `measure_scale` takes on the machine that the limits were chosen on, in seconds.
_NOMINAL_SECONDS = 0.004
_LOOP = 30_000
_LOOPS = 3
# A case alternates between grader, broker and jail, so one lane leaves cores idle; memory is a session's for each.
LANES = min(os.cpu_count() or 1, 4)
"""The cases that one submission runs side by side, where it has the machine to itself."""

Begun = TypeVar("Begun")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sandbox is wanted: one by name, else the best; `is_cold` starts an interpreter for each submission."""

    sandbox: str | None = None
    is_cold: bool = False
    is_unsafe: bool = False


def measure_scale() -> float:
    """Return how many times slower than the limits assume this machine is, never less than 1."""
    return max(1.0, round(min(_loop_seconds() for _ in range(_LOOPS)) / _NOMINAL_SECONDS, 1))


def _loop_seconds() -> float:
    started = time.process_time()
    sum(i * i for i in range(_LOOP))
    return time.process_time() - started


@contextmanager
def open_judge(problem: Problem, *, with_race: bool, choice: Choice = Choice()) -> Iterator[Judge]:
    """Open a judge on the first sandbox that isolates here.

    All that takes long starts at once, and the sandbox is examined meanwhile:
    the rival's jail, the submission's, the grader.

    Raises JudgeError when nothing isolates here and `choice` does not do without.
    """
    scale = measure_scale()

    def begin(opened: ExitStack, broker: Broker) -> Judge:
        rival = rival_environment(problem) if with_race else None
        if rival is not None:
            # scikit-learn takes a second to import, longer than all the rest.
            broker.prepare(scaled(problem.limits, scale), rival)
        return opened.enter_context(Judge(broker, scale, LANES))

    with _first_that_isolates(problem, scale, choice, begin) as judge:
        yield judge


@contextmanager
def open_broker(problem: Problem, scale: float, choice: Choice = Choice()) -> Iterator[Broker]:
    """Open a broker on the first sandbox that isolates here, for callers with graders of their own."""
    with _first_that_isolates(problem, scale, choice, lambda _, broker: broker) as broker:
        # Whoever has several graders has many submissions: the next one's session is made during this one's.
        broker.spares = 1
        yield broker


@contextmanager
def jailed_graders(patience_seconds: float) -> Iterator[Jailed]:
    """Start graders in jails of their own during the block, on the first bubblewrap that makes one here.

    Raises JudgeError where none does.
    """
    findings: list[str] = []
    for binary in candidates():
        probe = examine_enclosure(binary)
        if probe.is_usable:
            with closing(Jailed(binary, patience_seconds)) as graders:
                yield graders
            return
        findings += [f"{binary}: {finding}" for finding in probe.findings]
    told = "; ".join(findings) or "there is no bubblewrap"
    raise JudgeError(
        f"graders cannot be jailed on this machine: {told}\n`judge doctor` says what would help. "
        "JUDGE_JAILED_GRADERS=false lets a service do without: its suites then run as its user, without private packs"
    )


@contextmanager
def _first_that_isolates(
    problem: Problem, scale: float, choice: Choice, begin: Callable[[ExitStack, Broker], Begun]
) -> Iterator[Begun]:
    """Try the sandboxes in turn; `begin` starts what is slow, before one is examined."""
    if choice.is_unsafe:
        with ExitStack() as opened:
            yield begin(opened, Broker(Unsafe()))
        return
    limits, probes = scaled(problem.limits, scale), []
    for sandbox in backends(choice.sandbox, is_cold=choice.is_cold):
        with ExitStack() as opened:
            broker = Broker(sandbox)
            opened.callback(broker.close)
            try:
                begun = begin(opened, broker)
                probe = examine(sandbox.name, broker.prepare(limits, problem.environment), limits)
            except SandboxError as error:
                probe = Probe(sandbox.name, is_usable=False, findings=(str(error),))
            if probe.is_usable:
                yield begun
                return
        probes.append(probe)
    raise JudgeError(advice(probes))
