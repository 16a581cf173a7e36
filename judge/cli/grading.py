"""`judge ci`."""

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from judge.bootstrap import Choice, measure_scale, open_broker
from judge.catalogue import Catalogue
from judge.ci.changes import Repository
from judge.ci.deadlines import Calendar
from judge.ci.discovery import Solution, absent, find_solutions
from judge.ci.marking import Marks, Terms, judge_all, marks
from judge.ci.rules import RuleBook, read_rules
from judge.cli import ACCEPTED, JUDGE_ERROR, NOT_ACCEPTED
from judge.errors import JudgeError, UsageError
from judge.problem import Problem
from judge.rendering.outputs import Output, Run, write
from judge.report import Report
from judge.settings import FILE, in_force, user_layer


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asks for; settings that no flag gives are None."""

    root: Path
    policy: Path | None
    since: str | None
    at: str | None
    seed: int | None
    outputs: Sequence[Output]
    exit_zero: bool
    problems: Path | None = None
    feedback: str | None = None
    sandbox: str | None = None
    workers: int | None = None


def annotated(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """Return the outputs, in a job of GitHub's with its annotations."""
    is_wanted = os.environ.get("GITHUB_ACTIONS") == "true" and all(one.format != "github" for one in outputs)
    return (*outputs, Output("github")) if is_wanted else outputs


def grade(order: Order) -> None:
    """Grade a repository's solutions, write what came of it, and exit with the code that it stands for."""
    started = time.perf_counter()
    if not order.root.is_dir():
        raise UsageError(f"{order.root}: there is no such folder")
    root = order.root.resolve()
    book = read_rules(root, order.policy)
    settings = _settings(order, book)
    catalogue = Catalogue(Path(settings["problems"]))
    slugs = catalogue.slugs()
    book.refuse_unknown(slugs)
    solutions = _chosen(order, root, book, slugs)
    seed = secrets.randbelow(2**31) if order.seed is None else order.seed
    results = _judge(solutions, catalogue, settings, seed)
    found = marks(solutions, results, book.rules)
    # Of some of the solutions nobody can say whether all would reach it.
    minimum = book.rules.minimum if order.since is None else None
    items = tuple(replace(item, path=_shown(root, item.path)) for item in found.items)
    run = Run(items, seed, found.total, found.max_total, time.perf_counter() - started, minimum)
    write(run, order.outputs)
    _exit(found, minimum, exit_zero=order.exit_zero)


def _settings(order: Order, book: RuleBook) -> dict[str, Any]:
    """Return the settings in force, concise feedback where nothing else is asked for."""
    user = user_layer()
    layers = [*book.layers, *([user] if user else [])]
    chosen = {setting.name: setting.value for setting in in_force(layers)}
    chosen["feedback"] = chosen["feedback"] or "concise"
    flags = {name: getattr(order, name) for name in chosen}
    return chosen | {name: value for name, value in flags.items() if value is not None}


def _chosen(order: Order, root: Path, book: RuleBook, slugs: Mapping[str, Path]) -> list[Solution]:
    """Return the solutions to grade, those that cannot be judged with the reason."""
    repository = Repository(root)
    calendar = Calendar(book.rules, repository, _moment(order.at))
    solutions = find_solutions(root, book.rules, slugs)
    for name in book.ignored:
        _note(f"{name} of the repository's own file does not count under a policy")
    for slug in absent(root, book.rules):
        _note(f"solutions.{slug}.file: there is no {book.rules.files[slug]}")
    if not solutions:
        raise UsageError(
            f"{root}: no file here is named for a problem, as kmeans.py would be; `judge list` shows their names"
        )
    if order.since is not None:
        solutions = _changed(solutions, repository, order.since, book)
    return calendar.without_late(solutions)


def _changed(solutions: list[Solution], repository: Repository, since: str, book: RuleBook) -> list[Solution]:
    """Return the solutions that changed; all of them where the rules did."""
    paths = repository.changed_since(since, ((one.path, one.source) for one in solutions if not one.problem))
    rules = {
        path.relative_to(repository.root).as_posix() for path in book.tables if path.is_relative_to(repository.root)
    }
    if paths is None or paths & {*rules, FILE}:
        return solutions
    # One that is gone may have stood anywhere.
    names = {Path(path).name for path in paths}
    changed = [one for one in solutions if one.path in paths or (one.is_missing and Path(one.path).name in names)]
    _note(f"{len(changed)} of {len(solutions)} solutions changed since {since}")
    return changed


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--at {text}: this is not a time such as 2026-10-01T18:00:00+02:00") from error
    if moment.tzinfo is None:
        raise UsageError(f"--at {text}: say whose time it is, as in {text}Z or {text}+02:00")
    return moment


def _shown(root: Path, path: str) -> str:
    """Return a path as a pipeline knows it, relative to its checkout; elsewhere as it is, relative to the root."""
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        checkout = Path(os.environ.get(variable) or "/nowhere").resolve()
        if root.is_relative_to(checkout):
            return (root.relative_to(checkout) / path).as_posix()
    return path


def _judge(
    solutions: list[Solution], catalogue: Catalogue, settings: Mapping[str, Any], seed: int
) -> dict[str, Report | JudgeError]:
    judged = [solution for solution in solutions if not solution.problem]
    if not judged:
        return {}
    problems: dict[str, Problem] = {one.slug: catalogue.problem(one.slug) for one in judged}
    scale = measure_scale()
    terms = Terms(seed, settings["feedback"], settings["workers"], scale)
    choice = Choice(settings["sandbox"])
    with open_broker(problems[judged[0].slug], scale, choice) as broker, _progress(len(judged)) as show:
        return judge_all(judged, problems, broker, terms, show)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, str], None]]:
    """Show on stderr how far it is: a bar on a terminal, a line for each solution in a log."""
    if not sys.stderr.isatty():
        yield lambda done, slug: _note(f"{done}/{total} {slug}")
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(transient=True, console=Console(stderr=True)) as progress:
        bar = progress.add_task("judging", total=total)
        yield lambda done, slug: progress.update(bar, completed=done, description=slug)


def _note(text: str) -> None:
    print(f"judge: {text}", file=sys.stderr, flush=True)


def _exit(found: Marks, minimum: float | None, *, exit_zero: bool) -> None:
    for failure in found.failures:
        _note(f"judge error: {failure}")
    if found.failures:
        sys.exit(JUDGE_ERROR)
    is_enough = found.is_enough(minimum)
    sys.exit(ACCEPTED if is_enough or exit_zero else NOT_ACCEPTED)
