"""Puts the judge together: the only place that chooses a sandbox."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from judge.errors import JudgeError
from judge.judging import Judge, rival_environment, scaled
from judge.problem import Problem
from sandbox.broker import Broker
from sandbox.errors import SandboxError

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
    """Open a judge whose sessions for `problem` are already starting.

    Raises JudgeError when nothing isolates here and `unsafe` is not set.
    """
    scale = measure_scale()
    broker = open_broker(problem, scale, with_race=with_race, unsafe=unsafe)
    try:
        with Judge(broker, scale) as judge:
            yield judge
    finally:
        broker.close()


def open_broker(problem: Problem, scale: float, *, with_race: bool = False, unsafe: bool = False) -> Broker:
    """Choose a sandbox by trying, and begin what judging `problem` will need."""
    from sandbox.probe import choose
    from sandbox.unsafe import Unsafe

    if unsafe:
        return Broker(Unsafe())
    limits, environment = scaled(problem.limits, scale), problem.environment
    try:
        sandbox, session = choose(limits, environment)
        broker = Broker(sandbox)
        broker.prepare(limits, environment, session)
        rival = rival_environment(problem)
        if with_race and rival is not None:
            broker.prepare(limits, rival)
    except SandboxError as error:
        raise JudgeError(str(error)) from error
    return broker
