"""The race: the submission's CPU time beside the rival's, on equal inputs, measured from outside.

Both answer on the same wire in jails of their own, in rounds of random order
and with fresh inputs, so that both pay for decoding and neither can answer
from memory. The rival runs twice a round: against itself it must come out
near 1, or the machine is too restless for a verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from judge.attempts import Attempt, Contender, conversation, generator
from judge.errors import JudgeError, RunOver, SubmissionError
from judge.remote import Remote
from judge.report import Race
from judge.suite import Case
from sandbox.link import RemoteRun

_WARM_UPS = 2
_ROUNDS = 9
_BATCHES = 4
_RESAMPLES = 400
_CANARY = (0.8, 1.25)
# The wall limit is a safety net: on a busy machine a fair contender waits many times as long as it works.
PATIENCE = 3.0
# A race that took this share of the CPU limit is decided by the rounds that it has, before the limit breaks it off.
_SHARE = 0.25
# After this many rounds, all of them this many times over the limit, more would only keep the user waiting.
_CLEAR_ROUNDS, _CLEAR_FACTOR = 3, 1.5
# This far over the limit a single round tells, be it a warm-up, and no restlessness explains it.
_FAR_FACTOR = 3.0


class RestlessMachine(JudgeError):
    """The rival's time against its own was off twice: no verdict about speed can be had now."""


class RivalFailed(JudgeError):
    """The rival, which is our own code, broke off: nothing is known about the submission."""


@dataclass(slots=True)
class _Racer:
    """One contender at work, and the CPU seconds of each of its rounds."""

    module: Remote
    run: RemoteRun
    seconds: list[float] = field(default_factory=list)

    def drive(self, function: Callable[..., Any], rng: np.random.Generator) -> Any:
        before = self.run.usage().cpu_seconds
        value = function(self.module, rng)
        self.seconds.append(self.run.usage().cpu_seconds - before)
        return value


def run_race(
    submission: Contender, rival: Contender, case: Case, seed: int, cpu_seconds: float
) -> tuple[Attempt, Race | None]:
    """Race the submission against the rival; without a race, the attempt says what broke it off.

    `cpu_seconds` are the CPU limit of the submission's session, of which a race takes a part.
    Raises JudgeError when the rival fails or the machine is too restless.
    """
    for _ in range(2):
        attempt, race, canary = _one_race(submission, rival, case, seed, _SHARE * cpu_seconds)
        if race is None or race.low > _FAR_FACTOR * race.limit or _CANARY[0] <= canary <= _CANARY[1]:
            return attempt, race
    raise RestlessMachine(
        f"the rival took {canary:.2f} times its own time, twice: this machine is too busy to judge speed; try again"
    )


def _one_race(
    submission: Contender, rival: Contender, case: Case, seed: int, enough_seconds: float
) -> tuple[Attempt, Race | None, float]:
    """Return what a race showed, and the rival's time over its own."""
    race, canary = None, 1.0
    with conversation(rival, timed=True) as (rival_attempt, rival_talk, rival_run):
        rival_module, _ = rival_talk.load(rival.source, rival.name, seed)
        with conversation(submission, timed=True) as (attempt, talk, run):
            module, _ = talk.load(submission.source, submission.name, seed)
            racers = (_Racer(module, run), _Rival(rival_module, rival_run), _Rival(rival_module, rival_run))
            lanes = _Lanes(case, seed, *racers, enough_seconds)
            race, canary = lanes.race(), lanes.canary
            attempt.is_slower_than_allowed = race.low > race.limit
            # A transcript of some thirty rounds explains nothing: the last round's calls do.
            talk.transcript.calls[:] = talk.transcript.calls[-8:]
    if rival_attempt.raised or rival_attempt.over:
        raise RivalFailed(f"the rival failed: {rival_attempt.raised or rival_attempt.over}")
    return attempt, race, canary


class _Rival(_Racer):
    """The rival at work; how it fails is never taken for the submission's doing."""

    def drive(self, function: Callable[..., Any], rng: np.random.Generator) -> Any:
        try:
            return super().drive(function, rng)
        except (RunOver, SubmissionError) as error:
            raise RivalFailed(f"the rival failed: {error}") from error


@dataclass(slots=True)
class _Lanes:
    case: Case
    seed: int
    mine: _Racer
    rival: _Racer
    rival_again: _Racer
    enough_seconds: float

    def race(self) -> Race:
        for index in range(_WARM_UPS):
            self._round(index)
            if self._is_slower_by(_FAR_FACTOR):
                return self._result()
        for racer in (self.mine, self.rival, self.rival_again):
            racer.seconds.clear()
        race = self._result()
        for batch in range(_BATCHES):
            for index in range(_ROUNDS):
                self._round(_WARM_UPS + batch * _ROUNDS + index)
                if self._is_clearly_slow or self._is_long_enough:
                    return self._result()
            race = self._result()
            if not race.low <= race.limit <= race.high:
                break
        return race

    def _round(self, index: int) -> None:
        order = generator(self.seed, self.case.name, index, 0).permutation(3)
        racers = (self.mine, self.rival, self.rival_again)
        values = {}
        for lane in order:
            values[int(lane)] = racers[lane].drive(self.case.function, generator(self.seed, self.case.name, index, 1))
        if self.case.agree is not None:
            self.case.agree(values[0], values[1])

    def _ratios(self) -> tuple[Any, Any]:
        mine = np.array(self.mine.seconds)
        return mine, (np.array(self.rival.seconds) + np.array(self.rival_again.seconds)) / 2

    @property
    def _is_clearly_slow(self) -> bool:
        n_rounds = len(self.mine.seconds)
        return self._is_slower_by(_FAR_FACTOR) or (n_rounds >= _CLEAR_ROUNDS and self._is_slower_by(_CLEAR_FACTOR))

    @property
    def _is_long_enough(self) -> bool:
        return len(self.mine.seconds) >= _CLEAR_ROUNDS and sum(self.mine.seconds) > self.enough_seconds

    def _is_slower_by(self, factor: float) -> bool:
        """Tell whether every round was this many times over the limit, by the rival's slower time."""
        mine, rival = np.array(self.mine.seconds), np.maximum(self.rival.seconds, self.rival_again.seconds)
        return bool((mine > factor * self._limit * rival).all())

    @property
    def _limit(self) -> float:
        return self.case.limit or float("inf")

    def _result(self) -> Race:
        mine, rival = self._ratios()
        if not len(mine):
            return Race(0.0, 0.0, 0.0, self._limit)
        picks = np.random.default_rng(0).integers(len(mine), size=(_RESAMPLES, len(mine)))
        ratios = mine[picks].sum(axis=1) / rival[picks].sum(axis=1)
        low, high = np.quantile(ratios, [0.025, 0.975])
        return Race(float(mine.sum() / rival.sum()), float(low), float(high), self._limit)

    @property
    def canary(self) -> float:
        return float(np.sum(self.rival.seconds) / np.sum(self.rival_again.seconds))
