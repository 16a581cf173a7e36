"""What the formats say in common of a graded solution, in words that are safe to show."""

from collections.abc import Iterator

from judge.rendering.outputs import Graded, Run
from judge.rendering.text import printable
from judge.report import CaseReport
from judge.verdict import TITLES, Verdict

_TEXT_CAP = 4000
SHORT = 300


def safe(text: str, cap: int = _TEXT_CAP) -> str:
    """Return foreign text without control characters and what XML has no place for, shortened to `cap` characters."""
    shown = printable(text.replace("\r\n", "\n"))
    shown = "".join(letter if letter not in "\ufffe\uffff" else "?" for letter in shown)
    return shown if len(shown) <= cap else shown[: cap - 1] + "…"


def cases(item: Graded) -> tuple[CaseReport, ...]:
    """Return the cases of a solution; none where there is no report."""
    return item.report.cases if item.report is not None else ()


def failures(item: Graded) -> Iterator[CaseReport]:
    """Yield the cases that were tried and not passed."""
    return (case for case in cases(item) if case.verdict not in (Verdict.AC, Verdict.NOT_RUN))


def outcome(item: Graded) -> str:
    """Return a verdict in words, or why there is none."""
    if item.report is None:
        return safe(item.problem or "not judged", SHORT)
    words = f"{item.report.verdict} {TITLES[item.report.verdict]}"
    return f"{words} ({safe(item.problem, SHORT)})" if item.problem else words


def reason(case: CaseReport) -> str:
    """Return why a case failed: its message, the smallest input, the hint."""
    parts = [
        case.message,
        f"smallest input found: {case.inputs}" if case.inputs else "",
        case.hint and f"hint: {case.hint}",
    ]
    return safe("\n".join(part for part in parts if part)) or str(TITLES[case.verdict])


def line_of(case: CaseReport) -> int | None:
    """Return the last line of the submission in a case's traceback, where there is one."""
    numbers = [frame.line for frame in case.traceback if frame.line > 0]
    return numbers[-1] if numbers else None


def points(run: Run) -> str:
    """Return the total in words."""
    least = f", {run.minimum:g} asked for" if run.minimum is not None else ""
    return f"{run.total:.4g} of {run.max_total:.4g} points{least}"
