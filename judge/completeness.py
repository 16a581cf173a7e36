"""What a problem's folder still lacks, found by reading it; `judge.verification` finds the rest by judging."""

import ast
from collections.abc import Iterator
from pathlib import Path

from judge.errors import ProblemError
from judge.problem import Problem

# The sections of an editorial, in this order.
EDITORIAL = ("Idea", "Derivation", "Numerically stable form", "Cost", "What interviewers ask next")
# What `judge problem new` leaves where an author has something to write.
MARK = "TODO"

_ACCEPTED_AT_LEAST = 2
_WRONG_AT_LEAST = 5
_TEXTS = {"statement.md": 200, "starter.py": 20, "suite.py": 200}


def lacks(problem: Problem) -> list[str]:
    """Return what is missing, one line each."""
    return [*_files(problem), *_twice(problem), *_headings(problem), *_solutions(problem), *_marks(problem)]


def _files(problem: Problem) -> Iterator[str]:
    for name, shortest in _TEXTS.items():
        try:
            if len(problem.text(name)) < shortest:
                yield f"{name} is all but empty"
        except ProblemError as error:
            yield str(error)
    if (problem.folder / "rival.py").exists() != (problem.description.rival is not None):
        yield "rival.py and the [rival] table of problem.toml go together"


def _twice(problem: Problem) -> Iterator[str]:
    """Yield the functions of a suite that a later one of the same name hides."""
    try:
        statements = ast.parse(problem.text("suite.py")).body
    except (ProblemError, SyntaxError, ValueError):
        # It is told elsewhere, with the reason.
        return
    seen: set[str] = set()
    for statement in statements:
        if isinstance(statement, ast.FunctionDef):
            if statement.name in seen:
                yield f"suite.py: {statement.name} is there twice, and the first is never run"
            seen.add(statement.name)


def _headings(problem: Problem) -> Iterator[str]:
    path = problem.folder / "editorial.md"
    if not path.exists():
        return
    there = [line[3:].strip() for line in problem.text(path.name).splitlines() if line.startswith("## ")]
    if [heading for heading in there if heading in EDITORIAL] != list(EDITORIAL):
        yield f"editorial.md must have the headings {', '.join(EDITORIAL)} (as ## headings, in this order)"


def _solutions(problem: Problem) -> Iterator[str]:
    for kind, least in (("accepted", _ACCEPTED_AT_LEAST), ("wrong_answer", _WRONG_AT_LEAST)):
        if len(problem.solutions(kind)) < least:
            yield f"solutions/{kind}: at least {least} are needed"
    for path in problem.solutions("wrong_answer") + problem.solutions("time_limit_exceeded"):
        try:
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        except (SyntaxError, ValueError) as error:
            yield f"{path.parent.name}/{path.name}: it is not Python: {error}"
            continue
        if not docstring:
            yield f"{path.parent.name}/{path.name}: no docstring explains the mistake"


def _marks(problem: Problem) -> Iterator[str]:
    for path in sorted(problem.folder.rglob("*")):
        if path.suffix in {".py", ".md", ".toml"} and (count := _count(path)):
            name = path.relative_to(problem.folder).as_posix()
            yield f"{name}: {count} place{'' if count == 1 else 's'} marked {MARK}"


def _count(path: Path) -> int:
    return path.read_text(encoding="utf-8", errors="replace").count(MARK)
