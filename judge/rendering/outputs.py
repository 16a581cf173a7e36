"""What some graded solutions give, and where it is written: every door's way to every format.

A format is a module beside this one with a function `document(run) -> str`. It
is imported when it is asked for.
"""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Self

from judge.errors import UsageError, did_you_mean
from judge.report import Report
from judge.verdict import Verdict

CONTENT_TYPES = {
    "full": "text/plain; charset=utf-8",
    "concise": "text/plain; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "github": "text/plain; charset=utf-8",
    "gitlab": "application/json",
    "junit": "application/xml",
    "sarif": "application/sarif+json",
    "gradescope": "application/json",
    "classroom50": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
FORMATS = tuple(CONTENT_TYPES)

# What is read in a log, where a line of the submission's could be taken for a command of GitHub's.
_READ_BY_PEOPLE = ("full", "concise", "markdown")
_SUMMARY_CAP = 1 << 20
# A log has no width of its own, and is searched by line.
_LOG_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Graded:
    """A solution and the points that it earned; without a report, `problem` says why there is none."""

    path: str
    slug: str
    points: float
    max_points: float
    report: Report | None
    problem: str = ""
    is_required: bool = False

    @property
    def is_accepted(self) -> bool:
        """Tell whether the solution was judged and accepted."""
        return self.report is not None and self.report.verdict is Verdict.AC


@dataclass(frozen=True, slots=True)
class Run:
    """Some solutions, graded together in so many seconds; `minimum` is the total that was asked for.

    `is_single` tells that it is one submission, judged by itself.
    """

    items: tuple[Graded, ...]
    seed: int
    total: float
    max_total: float
    seconds: float
    minimum: float | None = None
    is_single: bool = False

    @classmethod
    def of_one(cls, report: Report, path: str, seconds: float) -> Self:
        """Return the run that a single submission is."""
        item = Graded(path, report.problem, report.score, report.max_score, report)
        return cls((item,), report.seed, report.score, report.max_score, seconds, is_single=True)


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file that it is written to; standard output without one."""

    format: str
    path: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what `FORMAT` or `FORMAT=FILE` asks for; raise UsageError for a format that there is not."""
        name, _, path = text.partition("=")
        if name not in CONTENT_TYPES:
            raise UsageError(f"there is no output format {name!r}.{did_you_mean(name, FORMATS)}")
        return cls(name, path or None)


def parse(texts: Sequence[str]) -> tuple[Output, ...]:
    """Return the outputs that are asked for; raise UsageError where two would share standard output or a file."""
    outputs = tuple(Output.parse(text) for text in texts)
    written = [os.path.realpath(output.path) for output in outputs if output.path is not None]
    for path in written:
        if written.count(path) > 1 and (os.path.isfile(path) or not os.path.exists(path)):
            raise UsageError(f"{path}: two outputs would be written to it")
    # Annotations are lines among others in a log, and no document.
    shown = [output.format for output in outputs if output.path is None and output.format != "github"]
    if len(shown) > 1:
        raise UsageError(f"{' and '.join(shown)} would both be printed; write one to a file: {shown[-1]}=FILE")
    return outputs


def render(run: Run, name: str) -> str:
    """Return a run as a document of a format."""
    if name not in CONTENT_TYPES:
        raise UsageError(f"there is no output format {name!r}.{did_you_mean(name, FORMATS)}")
    text: str = import_module(f"judge.rendering.formats.{name}").document(run)
    return text


def write(run: Run, outputs: Sequence[Output]) -> None:
    """Write a run in each format, and GitHub's summary of the step where annotations are asked for.

    Raises UsageError when a file cannot be written.
    """
    for output in outputs:
        if output.path is not None:
            write_file(Path(output.path), render(run, output.format))
        elif output.format == "full":
            _show(run)
        else:
            _print(render(run, output.format), is_foreign=output.format in _READ_BY_PEOPLE)
    if any(output.format == "github" for output in outputs):
        _summarise(run)


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; raise UsageError when it cannot be written.

    What is no file, a pipe or a device, is written to as it is.
    """
    made = ""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.resolve().parent, delete=False
        ) as file:
            made = file.name
            file.write(text)
        os.chmod(made, 0o644)
        os.replace(made, path.resolve())
    except OSError as error:
        with suppress(OSError):
            os.unlink(made)
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _show(run: Run) -> None:
    from rich.console import Console

    from judge.rendering.formats.full import show

    with stopped_commands():
        show(run, Console(highlight=False, width=None if sys.stdout.isatty() else _LOG_WIDTH))


def _print(text: str, *, is_foreign: bool) -> None:
    if not is_foreign:
        sys.stdout.write(text)
        return
    with stopped_commands():
        sys.stdout.write(text)


@contextmanager
def stopped_commands() -> Iterator[None]:
    """In a step of GitHub's, let no line that is printed in the block be a command, whatever a submission printed."""
    token = secrets.token_hex(16) if os.environ.get("GITHUB_ACTIONS") == "true" else ""
    if token:
        print(f"::stop-commands::{token}", flush=True)  # noqa: T201 - a command to GitHub
    yield
    sys.stdout.flush()
    if token:
        print(f"::{token}::", flush=True)  # noqa: T201 - a command to GitHub


def _summarise(run: Run) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    text = render(run, "markdown")
    try:
        with open(path, "a", encoding="utf-8") as file:
            # The step's earlier commands may have written to it.
            room = _SUMMARY_CAP - file.tell()
            if len(text.encode()) > room:
                text = text.encode()[: max(room - 100, 0)].decode(errors="ignore") + "\n\n(shortened)\n"
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
