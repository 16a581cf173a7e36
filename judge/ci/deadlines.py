"""Decides which solutions are late.

The time of handing in is what the course says it is, or else the date of the
commit that changed the file last. A commit's date is what its author's
computer wrote into it, so it is worth no more than the author's word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from judge.ci.changes import Repository
from judge.ci.discovery import Solution
from judge.ci.rules import Rules
from judge.errors import UsageError


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rules' deadlines, and how to know when a solution was handed in: `at`, else by the repository's commits."""

    rules: Rules
    repository: Repository
    at: datetime | None

    def without_late(self, solutions: Iterable[Solution]) -> list[Solution]:
        """Return the solutions, those that are late with that as their problem.

        Raises UsageError when it cannot be told when one was handed in.
        """
        if self.rules.requires_at and self.at is None:
            raise UsageError("the policy wants to be told when the solutions were handed in; say so with --at TIME")
        solutions = list(solutions)
        due = [one for one in solutions if not one.problem and self.rules.deadline_of(one.slug) is not None]
        times = self._times(due)
        return [self._judged(solution, times.get(solution.path)) for solution in solutions]

    def _times(self, due: list[Solution]) -> dict[str, datetime]:
        if self.at is not None or not due:
            return {solution.path: self.at for solution in due if self.at is not None}
        try:
            committed = self.repository.times({solution.path for solution in due})
            unsaved = self.repository.uncommitted((solution.path, solution.source) for solution in due)
        except UsageError as error:
            raise UsageError(f"{error}; deadlines go by commits, or by what --at TIME says") from error
        # What is not committed yet is handed in now.
        return committed | dict.fromkeys(unsaved, datetime.now(UTC))

    def _judged(self, solution: Solution, handed_in: datetime | None) -> Solution:
        deadline = self.rules.deadline_of(solution.slug)
        if deadline is None or handed_in is None or handed_in <= deadline:
            return solution
        return replace(solution, problem=f"late: handed in at {_told(handed_in)}, due at {_told(deadline)}")


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
