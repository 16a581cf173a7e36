"""Puts the judge together: the only place that chooses a sandbox."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from judge.errors import JudgeError
from judge.judging import Judge, rival_environment, scaled
from judge.problem import Problem
from sandbox.broker import Broker
from sandbox.contract import Probe
from sandbox.errors import SandboxError
from sandbox.probe import advice, backends, examine
from sandbox.unsafe import Unsafe

# Twice what the loop of `measure_scale` takes on the machine that the limits were chosen on, in seconds.
_NOMINAL_SECONDS = 0.004
_LOOP = 30_000
_LOOPS = 3


def measure_scale() -> float:
    """Return how many times slower than the limits assume this machine is, never less than 1."""
    return max(1.0, round(min(_loop_seconds() for _ in range(_LOOPS)) / _NOMINAL_SECONDS, 1))


def _loop_seconds() -> float:
    started = time.process_time()
    sum(i * i for i in range(_LOOP))
    return time.process_time() - started


@contextmanager
def open_judge(problem: Problem, *, with_race: bool, unsafe: bool = False) -> Iterator[Judge]:
    """Open a judge on the first sandbox that isolates here.

    All that takes long starts at once, and the sandbox is examined meanwhile:
    the rival's jail, the submission's, the grader.

    Raises JudgeError when nothing isolates here and `unsafe` is not set.
    """
    scale = measure_scale()
    with ExitStack() as stack:
        if unsafe:
            yield stack.enter_context(Judge(Broker(Unsafe()), scale))
            return
        probes = []
        for sandbox in backends():
            opened = stack.enter_context(ExitStack())
            broker = Broker(sandbox)
            opened.callback(broker.close)
            probe, judge = _begin(opened, broker, problem, scale, with_race=with_race)
            if judge is not None:
                yield judge
                return
            probes.append(probe)
            opened.close()
        raise JudgeError(advice(probes))


def _begin(
    opened: ExitStack, broker: Broker, problem: Problem, scale: float, *, with_race: bool
) -> tuple[Probe, Judge | None]:
    """Start everything on one sandbox; without a judge, the probe says why it does not isolate."""
    name, limits = broker.sandbox.name, scaled(problem.limits, scale)
    rival = rival_environment(problem) if with_race else None
    try:
        if rival is not None:
            # scikit-learn takes a second to import, longer than all the rest.
            broker.prepare(limits, rival)
        session = broker.prepare(limits, problem.environment)
    except SandboxError as error:
        return Probe(name, is_usable=False, findings=(str(error),)), None
    judge = opened.enter_context(Judge(broker, scale))
    probe = examine(name, session, limits)
    return probe, judge if probe.is_usable else None


@contextmanager
def open_broker(problem: Problem, scale: float) -> Iterator[Broker]:
    """Open a broker on the first sandbox that isolates here, for callers with graders of their own."""
    probes = []
    for sandbox in backends():
        broker = Broker(sandbox)
        try:
            probe = examine(
                sandbox.name, broker.prepare(scaled(problem.limits, scale), problem.environment), problem.limits
            )
            if probe.is_usable:
                yield broker
                return
        except SandboxError as error:
            probe = Probe(sandbox.name, is_usable=False, findings=(str(error),))
        finally:
            broker.close()
        probes.append(probe)
    raise JudgeError(advice(probes))
