"""What a report tells of an attempt: its facts, and what of them is left where hidden cases are not given away."""

from dataclasses import replace
from typing import Any

from judge.attempts import Attempt
from judge.errors import SubmissionError
from judge.explanation import inputs_of
from judge.report import CaseReport, TracebackLine
from judge.values import ELEMENTS_CAP, to_json
from judge.verdict import Verdict

_PRINTED_CAP = 4000

Json = Any


def told_of(attempt: Attempt, *, is_explained: bool = True, lists_agreements: bool = False) -> CaseReport:
    """Return the facts of an attempt that need no case to be told; until one is put in, they are those of loading.

    What was asked and answered is told of a failure that is to be explained.
    """
    ending, raised = attempt.ending, attempt.raised
    failed = attempt.verdict is not Verdict.AC
    is_shown = failed and is_explained
    return CaseReport(
        name="load",
        title="The file loads",
        group="sample",
        verdict=attempt.verdict,
        points=0.0,
        max_points=0.0,
        seconds=round(attempt.waited_seconds, 4),
        memory_mib=round(ending.usage.memory_mib, 1) if ending else 0.0,
        agreement=attempt.notes.worst,
        traceback=_lines(raised) if raised else (),
        printed=ending.output[:_PRINTED_CAP] if ending and failed else "",
        inputs=inputs_of(attempt) if is_shown else "",
        expected=_expected(attempt) if is_shown else None,
        transcript=tuple(attempt.transcript.to_json(2 * ELEMENTS_CAP, _wrong(attempt))) if is_shown else (),
        agreements=tuple(attempt.notes.errors.values()) if lists_agreements else (),
        metric=attempt.notes.metric,
    )


def withheld(report: CaseReport, attempt: Attempt) -> CaseReport:
    """Take out what would give a hidden case away: inputs, values, prints; kinds and lines stay."""
    message = report.message
    if attempt.raised is not None and attempt.over is None:
        message = attempt.raised.type_name
    elif attempt.finding is not None:
        quantity = attempt.notes.worst.quantity if attempt.notes.worst else "an answer"
        message = f"{quantity} is not what was asked for"
    return replace(
        report, message=message, printed="", inputs="", expected=None, transcript=(), agreement=None, agreements=()
    )


def _lines(error: SubmissionError) -> tuple[TracebackLine, ...]:
    return tuple(TracebackLine(line.number, line.function, line.text) for line in error.lines)


def _wrong(attempt: Attempt) -> object:
    """Return the answer that a finding is about, where it is one as it came."""
    return attempt.finding.actual if attempt.finding is not None else None


def _expected(attempt: Attempt) -> Json:
    """Return what a check compared with, as far as there is one array or number that tells."""
    if attempt.finding is None or attempt.finding.expected is None:
        return None
    return to_json(attempt.finding.expected)
