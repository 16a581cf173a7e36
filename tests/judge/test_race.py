"""When a race is over: at once where a single round tells, and never by the rival's own luck."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from judge.race import _Lanes
from judge.suite import Case

LIMIT = 10.0


class FakeRacer:
    """Answers nothing, in the CPU seconds that it is told; the last ones go on."""

    def __init__(self, *seconds: float) -> None:
        self.seconds: list[float] = []
        self.n_rounds = 0
        self._told = seconds

    def drive(self, _function: Callable[..., Any], _rng: np.random.Generator) -> None:
        self.seconds.append(self._told[min(self.n_rounds, len(self._told) - 1)])
        self.n_rounds += 1


def lanes(mine: FakeRacer, rival: FakeRacer, again: FakeRacer, enough_seconds: float = 1e9) -> _Lanes:
    case = Case(lambda *_: None, "test_time", "Time", "runtime", limit=LIMIT)
    return _Lanes(case, 0, mine, rival, again, enough_seconds)  # type: ignore[arg-type] # a fake of what is asked for


def test_one_round_far_over_the_limit_is_enough():
    """More than three times over, nobody waits for more rounds."""
    mine = FakeRacer(31.0)
    race = lanes(mine, FakeRacer(1.0), FakeRacer(1.0)).race()
    assert (mine.n_rounds, race.low > race.limit) == (1, True)


def test_a_first_round_is_measured_against_the_slower_of_the_rivals_times():
    """A rival that was lucky once does not end a race."""
    mine = FakeRacer(31.0, 9.0)
    race = lanes(mine, FakeRacer(1.0), FakeRacer(1.5, 1.0)).race()
    assert mine.n_rounds > 1
    assert race.high < race.limit


@pytest.mark.parametrize(("seconds", "rounds"), [(16.0, 2 + 3), (9.0, 2 + 9)])
def test_what_is_nearer_to_the_limit_takes_more_rounds(seconds: float, rounds: int):
    """Clearly over it, three rounds after the warm-ups; below it, a whole batch."""
    mine = FakeRacer(seconds)
    lanes(mine, FakeRacer(1.0), FakeRacer(1.0)).race()
    assert mine.n_rounds == rounds


def test_a_race_ends_before_the_cpu_limit_breaks_it_off():
    """Rounds that take long are few, and say what many would."""
    mine = FakeRacer(9.0)
    race = lanes(mine, FakeRacer(1.0), FakeRacer(1.0), enough_seconds=40.0).race()
    assert mine.n_rounds == 2 + 5
    assert race.high < race.limit
    few = FakeRacer(9.0)
    lanes(few, FakeRacer(1.0), FakeRacer(1.0), enough_seconds=1.0).race()
    assert few.n_rounds == 2 + 3
