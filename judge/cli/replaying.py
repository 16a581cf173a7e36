"""`judge replay`."""

import sys
from pathlib import Path

from rich.console import Console

from judge.bootstrap import Choice, open_judge
from judge.catalogue import Catalogue
from judge.cli.submitting import exit_code, judge_with_progress, read_source, resolve
from judge.errors import UsageError
from judge.judging import Submission
from judge.rendering.script import write_script
from judge.rendering.terminal import render
from judge.report import CaseReport, Report
from judge.saved import Saved, load_last
from judge.verdict import Verdict


def replay(
    root: Path,
    file: Path | None,
    slug: str | None,
    seed: int | None,
    case: str | None,
    export: Path | None,
    choice: Choice,
) -> None:
    """Run one case again with full feedback; show it, or write it as a script."""
    submission, path = _submission(root, file, slug, seed, case)
    # The rival's jail is begun ahead only where the whole suite is run; a race alone begins it when it needs it.
    with open_judge(submission.problem, with_race=not submission.cases, choice=choice) as judge:
        report = judge_with_progress(judge, submission)
    failed = _first_failed(report)
    console = Console(highlight=False)
    if export is not None:
        if failed is None:
            raise UsageError("nothing failed, so there is nothing to export")
        _write(export, write_script(report, failed, path))
        console.print(f"{export}: {failed.name}, as a script. Run it with python, or under a debugger.", markup=False)
        return
    render(report, console, title=f"{submission.problem.description.title} · {path} · replayed")
    sys.exit(exit_code(report))


def _submission(
    root: Path, file: Path | None, slug: str | None, seed: int | None, case: str | None
) -> tuple[Submission, Path]:
    if file is not None:
        problem, path = resolve(Catalogue(root), file, slug)
        return Submission(problem, read_source(path), seed or 0, cases=(case,) if case else ()), path
    saved = load_last()
    problem = Catalogue(Path(saved.problems)).problem(saved.report.problem)
    name = case or _failed_name(saved)
    used_seed = saved.report.seed if seed is None else seed
    return Submission(problem, saved.source, used_seed, cases=(name,) if name else ()), Path(saved.file)


def _failed_name(saved: Saved) -> str | None:
    failed = _first_failed(saved.report)
    if failed is None:
        raise UsageError("nothing failed in the last submission; name a case with --case")
    # A file that did not load has no case of its own: all of it is tried again.
    return None if failed.name == "load" else failed.name


def _first_failed(report: Report) -> CaseReport | None:
    bad = (case for case in report.cases if case.verdict not in (Verdict.AC, Verdict.NOT_RUN))
    return next(bad, None)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
