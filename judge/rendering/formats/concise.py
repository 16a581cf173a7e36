"""One line for each case that failed, as compilers and linters write them, and one for the total."""

from collections.abc import Iterator

from judge.rendering.formats.facts import SHORT, cases, failures, line_of, outcome, points, safe
from judge.rendering.outputs import Graded, Run


def document(run: Run) -> str:
    """Return the lines."""
    lines = [line for item in run.items for line in _lines(item)]
    return "\n".join([*lines, points(run), ""])


def _lines(item: Graded) -> Iterator[str]:
    path = safe(item.path, SHORT).replace("\n", "\\n")
    if not cases(item):
        yield f"{path}: {_one_line(outcome(item))}"
    for case in failures(item):
        line = line_of(case)
        place = f"{path}:{line}" if line is not None else path
        yield f"{place}: {case.verdict} {case.name}: {_one_line(case.message)}"


def _one_line(text: str) -> str:
    return " ".join(safe(text, SHORT).split())
