"""A report for a person at a terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from judge.rendering.calls import readable
from judge.rendering.text import printable
from judge.report import CaseReport, Report
from judge.verdict import TITLES, Verdict

_EXPLAINED_CASES = 3
_SHOWN_CALLS = 12
_PRINTED_LINES = 12
_STYLES = {Verdict.AC: "green", Verdict.NOT_RUN: "dim", Verdict.JE: "magenta"}


def render(report: Report, console: Console, *, title: str, is_sample: bool = False) -> None:
    """Write a report: a line for each case, some failures explained, the result last."""
    console.print(Text(printable(title), style="bold"), soft_wrap=True)
    console.print()
    failures = [case for case in report.cases if case.verdict not in (Verdict.AC, Verdict.NOT_RUN)]
    explained = _telling(failures)
    for case in report.cases:
        console.print(_headline(case), soft_wrap=True)
        if case not in failures:
            continue
        lines = _explanation(case) if case in explained else [Text(printable(case.message))]
        for line in lines:
            console.print(Text("      ") + line, soft_wrap=True)
    if len(failures) > len(explained) and report.feedback == "full":
        shown = f"Only {len(explained)} of {len(failures)} failures are shown with their calls; "
        console.print(Text(f"{shown}`judge replay --case NAME` shows another.", style="dim"), soft_wrap=True)
    console.print()
    for line in _result(report, is_sample=is_sample):
        console.print(line, soft_wrap=True)


def _telling(failures: list[CaseReport]) -> list[CaseReport]:
    """Return the failures to explain: the first ones, and one at least whose input is the smallest of its kind."""
    first, later = failures[:_EXPLAINED_CASES], failures[_EXPLAINED_CASES:]
    smallest = [case for case in later if case.inputs]
    if not smallest or any(case.inputs for case in first):
        return first
    return [*first[:-1], smallest[0]]


def _headline(case: CaseReport) -> Text:
    mark = {Verdict.AC: "✓", Verdict.NOT_RUN: "·"}.get(case.verdict, "✗")
    style = _STYLES.get(case.verdict, "red")
    line = Text(f"  {mark} ", style=style)
    if case.verdict is not Verdict.AC:
        line.append(f"{case.verdict} ", style=f"bold {style}")
    line.append(printable(case.title))
    name = "" if case.verdict is Verdict.AC else f" · {printable(case.name)}"
    line.append(f"  {case.group}{name}", style="dim")
    if case.race is not None:
        race = case.race
        line.append(
            f"  {race.ratio:.3g}× the rival's CPU time ({race.low:.3g}–{race.high:.3g}), limit {race.limit:g}×",
            style="dim",
        )
    if case.metric is not None:
        line.append(f"  {printable(case.metric.words)}", style="dim")
    return line


def _explanation(case: CaseReport) -> Iterator[Text]:
    yield Text(printable(case.message))
    if case.inputs:
        yield Text(f"smallest input found: {printable(case.inputs)}")
    if case.transcript:
        yield Text("calls:", style="dim")
        lines = readable(case.transcript[-_SHOWN_CALLS:])
        for line in lines:
            yield Text(f"  {printable(line)}", style="cyan")
    if case.traceback:
        yield Text("in your file:", style="dim")
        for frame in case.traceback:
            yield Text(f"  line {frame.line}, {printable(frame.function)}: {printable(frame.text)}", style="yellow")
    if case.printed:
        yield Text("it printed:", style="dim")
        for line in case.printed.splitlines()[:_PRINTED_LINES]:
            yield Text(f"  {printable(line)}")
    if case.hint:
        yield Text(f"hint: {printable(case.hint)}", style="italic")


def _result(report: Report, *, is_sample: bool) -> Iterator[Text]:
    if report.diagnosis is not None:
        known = f"{report.diagnosis.mistake}: {report.diagnosis.explanation}"
        yield Text(printable(f"Your answers equal those of a known mistake, {known}"), style="bold")
    passed = sum(case.verdict is Verdict.AC for case in report.cases)
    style = _STYLES.get(report.verdict, "red")
    line = Text(f"{report.verdict} {TITLES[report.verdict]}", style=f"bold {style}")
    line.append(f"   {report.score:.4g} of {report.max_score:.4g} points, {passed} of {len(report.cases)} cases")
    yield line
    if is_sample:
        yield Text("These were the sample cases; `judge submit` runs all.", style="dim")
    isolation = f"sandbox {report.sandbox.name}" if report.sandbox.isolated else "NOT ISOLATED"
    isolation += ", limits: degraded" if report.sandbox.limits == "degraded" else ""
    scale = f", time limits × {report.limits.scale:g} on this machine" if report.limits.scale > 1 else ""
    yield Text(f"seed {report.seed}, {isolation}{scale}, suite {report.versions.get('suite', '?')}", style="dim")
    if report.verdict not in (Verdict.AC, Verdict.JE) and report.feedback == "full":
        yield Text("Once more: `judge replay`. As a script to debug: `judge replay --export repro.py`.", style="dim")
