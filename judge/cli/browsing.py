"""`judge list`, `judge show` and `judge start`."""

import json
import sys
from collections import defaultdict
from pathlib import Path

from judge.catalogue import Catalogue
from judge.errors import UsageError
from judge.problem import Problem


def list_problems(root: Path, *, by_topic: bool, as_json: bool) -> None:
    """Print the problems, by family or by topic."""
    problems = Catalogue(root).all()
    if as_json:
        print(json.dumps([_described(problem) for problem in problems]))
        return
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        for heading in problem.description.topics if by_topic else (problem.family.replace("_", " "),):
            groups[heading].append(problem)
    width = max((len(problem.slug) for problem in problems), default=0)
    for heading, members in sorted(groups.items()):
        print(heading)
        for problem in members:
            print(f"  {problem.slug:<{width}}  {problem.description.minutes:>3} min  {problem.description.title}")


def _described(problem: Problem) -> dict[str, object]:
    description = problem.description
    return {
        "slug": problem.slug,
        "family": problem.family,
        "title": description.title,
        "topics": description.topics,
        "minutes": description.minutes,
        "prerequisites": description.prerequisites,
        "entry_points": description.entry_points,
    }


def show(root: Path, slug: str) -> None:
    """Print a statement, typeset on a terminal and as it stands elsewhere."""
    text = Catalogue(root).problem(slug).text("statement.md")
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
