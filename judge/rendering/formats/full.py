"""For a person at a terminal: one report in full, or a table of several with what failed first in each."""

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from judge.rendering.formats.facts import failures, outcome, points, reason, safe
from judge.rendering.outputs import Graded, Run
from judge.rendering.terminal import render

_WIDTH = 120


def document(run: Run) -> str:
    """Return the text without colours."""
    text = io.StringIO()
    show(run, Console(file=text, width=_WIDTH, highlight=False, color_system=None))
    return text.getvalue()


def show(run: Run, console: Console) -> None:
    """Write it to a console."""
    if run.is_single and run.items[0].report is not None:
        render(run.items[0].report, console, title=safe(run.items[0].path))
        return
    console.print(_table(run))
    for item in run.items:
        _explain(item, console)
    console.print(Text(f"{points(run)}   seed {run.seed}, {run.seconds:.1f} s", style="bold"))


def _table(run: Run) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("file", "problem", "points", "outcome"):
        table.add_column(name, justify="right" if name == "points" else "left", overflow="fold")
    for item in run.items:
        style = "green" if item.is_accepted else "red"
        earned = f"{item.points:.4g}/{item.max_points:.4g}"
        table.add_row(Text(safe(item.path)), Text(safe(item.slug)), earned, Text(outcome(item), style=style))
    return table


def _explain(item: Graded, console: Console) -> None:
    for case in failures(item):
        console.print()
        console.print(Text(f"{safe(item.path)}: {case.verdict} {safe(case.title)} ({case.name})", style="bold"))
        console.print(Text(reason(case)))
        break
    if item.report is not None and item.report.message:
        console.print(Text(safe(item.report.message)))
