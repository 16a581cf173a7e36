"""`judge problem verify`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from judge.catalogue import Catalogue
from judge.cli import NOT_ACCEPTED
from judge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.bootstrap import Choice
    from judge.problem import Problem
    from judge.verification import Verification


def chosen(root: Path, slugs: list[str], *, everything: bool) -> "list[Problem]":
    """Return the problems that are named, or all of them."""
    catalogue = Catalogue(root)
    if everything == bool(slugs):
        raise UsageError("name the problems, or say --all")
    return catalogue.all() if everything else [catalogue.problem(slug) for slug in dict.fromkeys(slugs)]


def verify(problems: "list[Problem]", choice: "Choice", *, seeds: int, workers: int | None) -> None:
    """Verify problems with progress on stderr; print defects, and exit with 1 when there are any."""
    from rich.progress import Progress

    from judge.bootstrap import measure_scale, open_broker
    from judge.verification import Verification

    scale = measure_scale()
    hidden = not sys.stderr.isatty()
    with open_broker(problems[0], scale, choice) as broker, Progress(transient=True, disable=hidden) as progress:
        bar = progress.add_task("verifying")

        seen: set[str] = set()

        def show(done: int, total: int, title: str) -> None:
            progress.update(bar, completed=done, total=total, description=title)
            slug = title.partition(":")[0]
            if hidden and slug not in seen:
                # A log has no use for a bar, but should not be silent for a quarter of an hour.
                seen.add(slug)
                print(f"{slug}: {done}/{total} trials", file=sys.stderr)

        verification = Verification(problems, seeds, show)
        defects = verification.run(broker, workers or os.cpu_count() or 1, scale)
    for line in _remarks(verification):
        print(line)
    for defect in defects:
        print(f"{defect.problem}: {defect.what}")
    good = len(problems) - len({defect.problem for defect in defects})
    print(f"{good} of {len(problems)} problems hold; {len(defects)} defects.")
    if defects:
        raise SystemExit(NOT_ACCEPTED)


def _remarks(verification: "Verification") -> "Iterator[str]":
    """Yield what is no defect and should be known: where right and wrong are near, and where one case alone tells."""
    from judge.separation import FILE

    for slug, found in verification.findings.items():
        for separation in found.separations.all():
            if separation.quantity in found.near:
                yield f"{slug}: note: {separation}; {FILE} has the reason"
        for title, case in found.single_killers():
            yield f"{slug}: note: {title} is failed by {case} alone"
