"""`judge list`, `judge show` and `judge start`."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from judge.catalogue import Catalogue
from judge.errors import UsageError
from judge.problem import DIFFICULTIES, TOPICS, Problem

Headings = Callable[[Problem], Iterable[str]]


def list_problems(root: Path, *, by_topic: bool, by_difficulty: bool, as_json: bool) -> None:
    """Print the problems by family, by topic or by difficulty, and how many there are."""
    if by_topic and by_difficulty:
        raise UsageError("list by topic or by difficulty, not by both at once")
    problems = Catalogue(root).all()
    if as_json:
        print(json.dumps([problem.summary for problem in problems]))
    elif by_topic:
        _print_groups(problems, TOPICS, lambda problem: problem.description.topics)
    elif by_difficulty:
        _print_groups(problems, DIFFICULTIES, lambda problem: [problem.difficulty])
    else:
        families = sorted({problem.family for problem in problems})
        _print_groups(problems, families, lambda problem: [problem.family])


def _print_groups(problems: list[Problem], order: Iterable[str], headings: Headings) -> None:
    """Print the problems below each heading that they have, and the headings that none has."""
    width = max((len(problem.slug) for problem in problems), default=0)
    empty = []
    for heading in order:
        members = [problem for problem in problems if heading in headings(problem)]
        if not members:
            empty.append(heading)
            continue
        print(f"{heading.replace('_', ' ')}  ({_sum(members)})")
        for problem in members:
            minutes, title = problem.description.minutes, problem.description.title
            print(f"  {problem.slug:<{width}}  {minutes:>3} min  {problem.difficulty:<6}  {title}")
    if empty:
        print(f"no problem yet: {', '.join(empty)}")
    print(f"in all {_sum(problems)}")


def _sum(problems: list[Problem]) -> str:
    minutes = sum(problem.description.minutes for problem in problems)
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}, {minutes} min"


def show(root: Path, slug: str, *, editorial: bool = False, spoil: bool = False) -> None:
    """Print a statement and what it takes, or the editorial once the problem is solved."""
    problem = Catalogue(root).problem(slug)
    if editorial:
        _print_text(_editorial(problem, spoil=spoil))
        return
    description = problem.description
    facts = [f"{description.minutes} minutes ({problem.difficulty})", f"Topics: {', '.join(description.topics)}"]
    if description.prerequisites:
        facts.append(f"Prerequisites: {', '.join(description.prerequisites)}")
    takes = "".join(f"- {fact}.\n" for fact in facts)
    _print_text(f"{problem.text('statement.md').rstrip()}\n\n## What it takes\n\n{takes}")


def show_cases(root: Path, slug: str, *, as_json: bool) -> None:
    """List the hidden cases of a problem; the suite is read where suites are, in the grader."""
    from judge.bootstrap import open_judge
    from judge.judging import Submission
    from judge.verdict import Verdict

    problem = Catalogue(root).problem(slug)
    with open_judge(problem, with_race=False) as judge:
        # A file that defines nothing is refused, and its report says of every case that it was not run.
        report = judge.judge(Submission(problem, "", 0, is_explained=False))
    cases = [case for case in report.cases if case.verdict is Verdict.NOT_RUN]
    if as_json:
        names = ("name", "title", "group", "max_points")
        print(json.dumps([{name: getattr(case, name) for name in names} for case in cases]))
        return
    for case in cases:
        print(f"{case.group:<10} {case.max_points:5.1f}  {case.name}\n{'':17} {case.title}")


def _editorial(problem: Problem, *, spoil: bool) -> str:
    from judge.saved import is_solved

    if not (problem.folder / "editorial.md").exists():
        raise UsageError(f"{problem.slug} has no editorial")
    if not spoil and not is_solved(problem.slug):
        raise UsageError(
            f"the editorial of {problem.slug} gives its solution away, and no submission of yours has been accepted "
            f"here yet. To read it all the same: judge show {problem.slug} --editorial --spoil"
        )
    return problem.text("editorial.md")


def _print_text(text: str) -> None:
    """Print Markdown, typeset on a terminal and as it stands elsewhere."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def start(root: Path, slug: str, folder: Path) -> None:
    """Write the starter and the statement; never over a file that is there."""
    problem = Catalogue(root).problem(slug)
    files = {folder / f"{slug}.py": problem.text("starter.py"), folder / f"{slug}.md": problem.text("statement.md")}
    for path in files:
        if path.exists():
            raise UsageError(f"{path} is there already; it was left as it is")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from error
    solution, statement = files
    print(f"{statement}: what is asked.")
    print(f"{solution}: fill it in, then `judge test {solution}` and `judge submit {solution}`.")
