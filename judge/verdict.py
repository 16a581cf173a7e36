"""Verdicts, and the pure functions that decide them from facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from judge.errors import Over, SubmissionError
from sandbox.contract import Stop


class Verdict(StrEnum):
    """What came of a case, or of a whole submission."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    MLE = "MLE"
    OLE = "OLE"
    RTE = "RTE"
    CE = "CE"
    JE = "JE"
    NOT_RUN = "not_run"


TITLES = {
    Verdict.AC: "accepted",
    Verdict.WA: "wrong answer",
    Verdict.TLE: "time limit exceeded",
    Verdict.MLE: "memory limit exceeded",
    Verdict.OLE: "output limit exceeded",
    Verdict.RTE: "run-time error",
    Verdict.CE: "does not load",
    Verdict.JE: "judge error",
    Verdict.NOT_RUN: "not run",
}

_BY_STOP = {Stop.CPU: Verdict.TLE, Stop.MEMORY: Verdict.MLE, Stop.OUTPUT: Verdict.OLE}


@dataclass(frozen=True, slots=True)
class Execution:
    """The facts about one attempt at a case.

    `over` is why the conversation broke off, `stop` how the process ended, and
    `raised` the submission's exception that no check had asked for.
    """

    over: Over | None = None
    stop: Stop = Stop.ENDED
    raised: SubmissionError | None = None
    is_slower_than_allowed: bool = False


def of_case(execution: Execution, *, has_finding: bool) -> Verdict:
    """Decide a case; what the sandbox enforced comes before what was answered."""
    if execution.stop in _BY_STOP:
        return _BY_STOP[execution.stop]
    if execution.over is Over.WALL:
        return Verdict.TLE
    if execution.over is not None:
        return Verdict.RTE
    if execution.raised is not None:
        return Verdict.MLE if "MemoryError" in execution.raised.bases else Verdict.RTE
    if has_finding:
        return Verdict.WA
    return Verdict.TLE if execution.is_slower_than_allowed else Verdict.AC


def of_report(verdicts: Iterable[Verdict]) -> Verdict:
    """Decide a submission: the first verdict that is not AC; nothing run at all is our fault."""
    seen = list(verdicts)
    if not seen:
        return Verdict.JE
    bad = [verdict for verdict in seen if verdict not in (Verdict.AC, Verdict.NOT_RUN)]
    if bad:
        return bad[0]
    return Verdict.JE if Verdict.NOT_RUN in seen else Verdict.AC
