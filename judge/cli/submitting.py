"""`judge test` and `judge submit`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from judge.bootstrap import Choice, open_judge
from judge.catalogue import Catalogue
from judge.cli import ACCEPTED, JUDGE_ERROR, NOT_ACCEPTED, problems_option
from judge.errors import UsageError
from judge.judging import Judge, Progress, Submission
from judge.problem import GROUPS, Problem
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
    as_json: bool
    groups: tuple[str, ...] = GROUPS


def submit(order: Order) -> None:
    """Judge a file, show the report, keep it for `judge replay`, exit with the verdict's code."""
    problem, file = resolve(Catalogue(order.problems), order.file, order.slug)
    submission = Submission(problem, read_source(file), order.seed, order.feedback, order.groups)
    with open_judge(problem, with_race="runtime" in order.groups, choice=order.choice) as judge:
        report = judge_with_progress(judge, submission)
    _keep(order, file, submission, report)
    if order.as_json:
        import json

        print(json.dumps(report.to_json(), ensure_ascii=True, allow_nan=False))
    else:
        from rich.console import Console

        from judge.rendering.terminal import render

        title = f"{problem.description.title} · {file}"
        render(report, Console(highlight=False), title=title, is_sample=order.groups != GROUPS)
        if _is_solved_by(report, order) and (problem.folder / "editorial.md").exists():
            option = problems_option(order.problems)
            print(f"How it is solved, and what is asked next: judge show {problem.slug} --editorial{option}")
    sys.exit(exit_code(report))


def exit_code(report: Report) -> int:
    """Return the exit code that a verdict stands for."""
    if report.verdict is Verdict.JE:
        return JUDGE_ERROR
    return ACCEPTED if report.verdict is Verdict.AC else NOT_ACCEPTED


def resolve(catalogue: Catalogue, file: Path | None, slug: str | None) -> tuple[Problem, Path]:
    """Return the problem and the file that were meant, as far as they were said."""
    if file is None:
        names = [slug] if slug else list(catalogue.slugs())
        here = [path for name in names if (path := Path(f"{name}.py")).exists()]
        if len(here) != 1:
            found = f"there are {', '.join(map(str, here))}" if here else "no file here is named for a problem"
            raise UsageError(f"which file? {found}; name it: judge submit FILE")
        file = here[0]
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file")
    return (catalogue.problem(slug) if slug else catalogue.problem_of(file)), file


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
    if not sys.stderr.isatty():
        return judge.judge(submission)
    from rich.console import Console

    done, total = 0, 0
    with Console(stderr=True).status("starting the sandbox") as status:

        def on_suite(names: list[str]) -> None:
            nonlocal total
            total = len(names)

        def on_start(name: str) -> None:
            nonlocal done
            done += 1
            status.update(f"{done}/{total} {name}")

        return judge.judge(submission, Progress(on_suite, on_start))


def _is_solved_by(report: Report, order: Order) -> bool:
    return report.verdict is Verdict.AC and order.groups == GROUPS


def _keep(order: Order, file: Path, submission: Submission, report: Report) -> None:
    from judge.saved import Saved, keep_solved, save

    if _is_solved_by(report, order):
        keep_solved(report.problem)
    save(Saved(str(file.resolve()), submission.source, str(order.problems.resolve()), report))
