"""`judge test` and `judge submit`."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from judge.bootstrap import Choice, open_judge
from judge.catalogue import Catalogue
from judge.cli import ACCEPTED, JUDGE_ERROR, NOT_ACCEPTED, problems_option
from judge.errors import UsageError
from judge.judging import Judge, Progress, Submission
from judge.problem import GROUPS, Problem
from judge.rendering.outputs import Output, Run, stopped_commands, write
from judge.report import Report
from judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asks for."""

    problems: Path
    file: Path | None
    slug: str | None
    seed: int
    feedback: str
    choice: Choice
    outputs: tuple[Output, ...]
    groups: tuple[str, ...] = GROUPS


def submit(order: Order) -> None:
    """Judge a file, show the report, keep it for `judge replay`, exit with the verdict's code."""
    problem, file = resolve(Catalogue(order.problems), order.file, order.slug)
    is_drawn = any(output.format == "html" for output in order.outputs)
    submission = Submission(problem, read_source(file), order.seed, order.feedback, order.groups, is_drawn=is_drawn)
    with open_judge(problem, with_race="runtime" in order.groups, choice=order.choice) as judge:
        report = judge_with_progress(judge, submission)
    finish(order, Outcome(file, submission.source, report, problem.description.title, problem.folder))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: `source` is its text as it was judged, `folder` the problem's, where it is here."""

    file: Path
    source: str
    report: Report
    title: str
    folder: Path | None


def finish(order: Order, outcome: Outcome) -> NoReturn:
    """Show a report, keep it for `judge replay`, exit with the verdict's code."""
    _keep(order, outcome)
    report = outcome.report
    if any(output.format == "full" and output.path is None for output in order.outputs):
        _show(order, outcome)
    seconds = sum(case.seconds for case in report.cases)
    write(Run.of_one(report, str(outcome.file), seconds), [one for one in order.outputs if one != Output("full")])
    sys.exit(exit_code(report))


def _show(order: Order, outcome: Outcome) -> None:
    from rich.console import Console

    from judge.rendering.terminal import render

    title = f"{outcome.title} · {outcome.file}"
    with stopped_commands():
        render(outcome.report, Console(highlight=False), title=title, is_sample=order.groups != GROUPS)
    if _is_solved_by(outcome.report, order) and outcome.folder and (outcome.folder / "editorial.md").exists():
        option = problems_option(order.problems)
        print(f"How it is solved, and what is asked next: judge show {outcome.report.problem} --editorial{option}")


def exit_code(report: Report) -> int:
    """Return the exit code that a verdict stands for."""
    if report.verdict is Verdict.JE:
        return JUDGE_ERROR
    return ACCEPTED if report.verdict is Verdict.AC else NOT_ACCEPTED


def resolve(catalogue: Catalogue, file: Path | None, slug: str | None) -> tuple[Problem, Path]:
    """Return the problem and the file that were meant, as far as they were said."""
    found = find_file(file, [slug] if slug else list(catalogue.slugs()))
    return (catalogue.problem(slug) if slug else catalogue.problem_of(found)), found


def find_file(file: Path | None, slugs: Iterable[str]) -> Path:
    """Return the file that was meant: the one named, else the one here that is named for one of these problems."""
    if file is None:
        here = [path for name in slugs if (path := Path(f"{name}.py")).exists()]
        if len(here) != 1:
            found = f"there are {', '.join(map(str, here))}" if here else "no file here is named for a problem"
            raise UsageError(f"which file? {found}; name it: judge submit FILE")
        file = here[0]
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file")
    return file


def read_source(file: Path) -> str:
    """Return a file's text; raise UsageError when it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: this is not UTF-8 text (byte {error.start})") from error


def judge_with_progress(judge: Judge, submission: Submission) -> Report:
    """Judge a submission, with a line of progress on a terminal's stderr."""
    with shown_progress("starting the sandbox") as progress:
        return judge.judge(submission, progress)


@contextmanager
def shown_progress(first: str) -> Iterator[Progress]:
    """Show how far the judging is in a line on a terminal's stderr; `first` stands there before it has begun."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.text import Text

    done, total = 0, 0
    with Console(stderr=True).status(first) as status:

        def on_suite(names: list[str]) -> None:
            nonlocal done, total
            done, total = 0, len(names)

        def on_start(name: str) -> None:
            nonlocal done
            done += 1
            status.update(Text(f"{done}/{total} {name}"))

        yield Progress(on_suite, on_start)


def _is_solved_by(report: Report, order: Order) -> bool:
    return report.verdict is Verdict.AC and order.groups == GROUPS


def _keep(order: Order, outcome: Outcome) -> None:
    from judge.saved import Saved, keep_solved, save

    if _is_solved_by(outcome.report, order):
        keep_solved(outcome.report.problem)
    save(Saved(str(outcome.file.resolve()), outcome.source, str(order.problems.resolve()), outcome.report))
