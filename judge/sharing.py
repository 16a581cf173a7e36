"""Runs that several attempts share: the source is loaded anew for each, the process stays.

For trials of a problem's own solutions only. A submission gets a run for every
attempt, since what it left behind could decide the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from judge.attempts import Attempt, StartsRuns
from judge.verdict import Verdict
from sandbox.contract import Ending, Stop, Usage
from sandbox.link import RemoteRun, RemoteSession

_UNKNOWN = Usage(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Lent(RemoteRun):
    """A run that goes on when its borrower is done; what it used is told of all attempts together, at the end."""

    def end(self) -> Ending:
        """Give the run back."""
        return Ending(Stop.ENDED, 0, _UNKNOWN, "")


@dataclass(slots=True)
class SharedRun:
    """Stands for a session and starts one run in it, which it lends to attempts until one of them breaks off."""

    session: RemoteSession
    _run: RemoteRun | None = field(default=None, init=False)
    _n_cases: int = field(default=0, init=False)

    def start(self, *, may_fork: bool = True) -> RemoteRun:
        """Lend the run, started if need be; one that is timed is of its own."""
        if not may_fork:
            self._leave()
            return self.session.start(may_fork=False)
        if self._run is None:
            self._run = self.session.start()
        run = self._run
        return _Lent(run.number, run.stream, run.memory, run.link)

    def attempt(self, do: Callable[[StartsRuns], Attempt], *, is_one_run: bool, is_confirmed: bool) -> Attempt:
        """Attempt a case on the shared run, and where a failure is to be confirmed, once more without sharing.

        `do` makes an attempt with what starts its runs; `is_one_run` says that it starts one at most.
        """
        # What is the first on its run has one of its own already.
        is_alone = self._n_cases == 0 and is_one_run
        self._n_cases += 1
        shared = do(self)
        self.settle(shared)
        if is_alone or shared.verdict is Verdict.AC or not is_confirmed:
            return shared
        self._leave()
        return do(self.session)

    def settle(self, attempt: Attempt) -> None:
        """Leave a run that an attempt broke off on, and tell the attempt how it ended."""
        if attempt.over is not None:
            attempt.ending = self._leave() or attempt.ending

    def _leave(self) -> Ending | None:
        """End the run for good, if there is one, and say how it ended."""
        run, self._run, self._n_cases = self._run, None, 0
        return run.end() if run is not None else None
