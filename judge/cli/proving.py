"""`judge problem verify --adequacy` and `judge problem triage`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from judge.catalogue import Catalogue
from judge.cli import NOT_ACCEPTED
from judge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.adequacy import Score
    from judge.bootstrap import Choice
    from judge.equivalence import Evidence
    from judge.problem import Problem


def prove_adequacy(problems: "list[Problem]", choice: "Choice", *, workers: int | None, table: Path | None) -> None:
    """Judge all mutants, print the survivors, and exit with 1 when there are any that are not triaged."""
    from judge.adequacy import Adequacy, table_of
    from judge.bootstrap import measure_scale, open_broker

    scale = measure_scale()
    with open_broker(problems[0], scale, choice) as broker:
        adequacy = Adequacy(problems, on_progress=_say)
        scores = []
        for score in adequacy.run(broker, workers or os.cpu_count() or 1, scale):
            scores.append(score)
            print("\n".join(_told(score)), flush=True)
    if table is not None:
        table.write_text(table_of(scores), encoding="utf-8")
    if any(score.open or score.defects for score in scores):
        raise SystemExit(NOT_ACCEPTED)


def _say(done: int, total: int, slug: str) -> None:
    if done % 50 == 0 or done == total:
        print(f"{slug}: {done}/{total} mutants", file=sys.stderr)


def _told(score: "Score") -> "Iterator[str]":
    slug = score.problem.slug
    for mutant in score.open:
        path = score.problem.folder / "solutions" / "accepted" / mutant.solution
        yield f"{os.path.relpath(path)}:{mutant.line}: {mutant.key} survives"
        yield from (f"    {line}" for line in mutant.diff.splitlines())
    yield from (f"{slug}: {defect}" for defect in score.defects)
    yield (
        f"{slug}: {len(score.killers)} of {len(score.mutants)} mutants are killed ({score.raw:.1%}), "
        f"{score.equivalent} are equivalent, {len(score.open)} survive: adequacy {score.adequacy:.1%}"
    )


def triage(
    root: Path, slug: str, keys: list[str], choice: "Choice", *, reason: str, within: float, workers: int | None
) -> None:
    """Gather evidence for survivors and write into the problem's file those that answer like their original."""
    from judge.adequacy import Adequacy, all_mutants
    from judge.bootstrap import measure_scale, open_broker
    from judge.equivalence import Equivalence
    from judge.triaged import FILE, Triaged, triaged, write

    problem = Catalogue(root).problem(slug)
    scale, count = measure_scale(), workers or os.cpu_count() or 1
    with open_broker(problem, scale, choice) as broker:
        if keys:
            mutants = [mutant for mutant in all_mutants(problem) if mutant.key in keys]
            if unknown := set(keys) - {mutant.key for mutant in mutants}:
                raise UsageError(
                    f"{slug} has no mutant {min(unknown)}; `judge problem verify {slug} --adequacy` lists them"
                )
        else:
            mutants = next(Adequacy([problem], on_progress=_say).run(broker, count, scale)).open
        found = Equivalence(problem, mutants, _tell).gather(broker, count, scale)
    good = [one for one in found if not one.rejection and one.difference <= within]
    new = [Triaged(one.mutant.name, reason, one.inputs, one.seeds, one.difference) for one in good]
    write(problem.folder / FILE, (triaged(problem) | {entry.mutant: entry for entry in new}).values())
    for one in found:
        print(_line(one, is_written=one in good))
    print(
        f"{len(good)} of {len(found)} written to {problem.folder / FILE}"
        + ("" if reason else "; give each its reason there")
    )
    if len(good) < len(found):
        raise SystemExit(NOT_ACCEPTED)


def _tell(solution: str, inputs: int) -> None:
    print(f"{solution}: {inputs} inputs", file=sys.stderr)


def _line(one: "Evidence", *, is_written: bool) -> str:
    what = f"rejected: {one.rejection}" if one.rejection else f"differs by {one.difference:.2g} on {one.inputs} inputs"
    return f"{one.mutant.key} {'written' if is_written else 'NOT written'}: {one.mutant.name}: {what}"
