"""Markdown, as GitHub and GitLab show it: a table, and what failed in each solution.

Whatever comes from outside stands in a block of code, or has its punctuation
escaped: it can make no link, image, heading or mark-up.
"""

import re
from collections.abc import Iterator

from judge.rendering.formats.facts import SHORT, cases, failures, outcome, points, reason, safe
from judge.rendering.outputs import Graded, Run
from judge.verdict import Verdict

_FAILURES_SHOWN = 3
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def document(run: Run) -> str:
    """Return the text."""
    rows = ["| file | problem | points | outcome | cases |", "|---|---|--:|---|--:|", *map(_row, run.items)]
    details = [line for item in run.items for line in _details(item)]
    return "\n".join(["## Judge", "", f"**{points(run)}**, seed {run.seed}", "", *rows, "", *details, ""])


def _row(item: Graded) -> str:
    passed = sum(case.verdict is Verdict.AC for case in cases(item))
    mark = "✓" if item.is_accepted else "✗"
    earned = f"{item.points:.4g}/{item.max_points:.4g}"
    cells = (
        _text(item.path),
        _text(item.slug),
        earned,
        f"{mark} {_text(outcome(item))}",
        f"{passed}/{len(cases(item))}",
    )
    return f"| {' | '.join(cells)} |"


def _details(item: Graded) -> Iterator[str]:
    for count, case in enumerate(failures(item)):
        if count == _FAILURES_SHOWN:
            yield f"{sum(1 for _ in failures(item)) - count} more in {_text(item.path)}\n"
            return
        yield f"**{_text(item.path)}**: {case.verdict} {_text(case.title)}\n"
        yield f"{_block(reason(case))}\n"


def _text(text: str) -> str:
    """Return text for a line: every mark of punctuation is escaped, which Markdown allows."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(safe(text, SHORT).split()))


def _block(text: str) -> str:
    """Return text as a block of code whose fence is longer than any run of backquotes in it."""
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
