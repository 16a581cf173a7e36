"""Runs that several attempts share: the source is loaded anew for each, the process stays.

For trials of a problem's own solutions only. A submission gets a run for every
attempt, since what it left behind could decide the next one.
"""

from dataclasses import dataclass, field

from judge.attempts import Attempt
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
    """Stands for a session and starts one run in it, which it lends until it is left.

    `n_cases` counts the cases that the run of the moment has served; whoever lends it keeps it up to date.
    """

    session: RemoteSession
    n_cases: int = 0
    _run: RemoteRun | None = field(default=None, init=False)

    def start(self, *, may_fork: bool = True) -> RemoteRun:
        """Lend the run, started if need be; one that is timed is of its own."""
        if not may_fork:
            self.leave()
            return self.session.start(may_fork=False)
        if self._run is None:
            self._run = self.session.start()
        run = self._run
        return _Lent(run.number, run.stream, run.memory, run.link)

    def settle(self, attempt: Attempt) -> None:
        """Leave a run that an attempt broke off on, and tell the attempt how it ended."""
        if attempt.over is not None:
            attempt.ending = self.leave() or attempt.ending

    def leave(self) -> Ending | None:
        """End the run for good, if there is one, and say how it ended."""
        run, self._run, self.n_cases = self._run, None, 0
        return run.end() if run is not None else None
