"""`judge problem verify --adequacy`, `judge problem triage` and `judge problem kills`."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from judge.catalogue import Catalogue
from judge.cli import NOT_ACCEPTED, problems_option
from judge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from judge.adequacy import Score
    from judge.bootstrap import Choice
    from judge.equivalence import Evidence
    from judge.mutants import Mutant
    from judge.problem import Problem
    from judge.triaged import Triaged
    from sandbox.broker import Broker


def prove_adequacy(problems: "list[Problem]", choice: "Choice", *, workers: int | None, table: Path | None) -> None:
    """Judge all mutants, print the survivors, and exit with 1 when there are any that are not triaged."""
    from judge.adequacy import Adequacy
    from judge.bootstrap import measure_scale, open_broker

    scale = measure_scale()
    with open_broker(problems[0], scale, choice) as broker:
        adequacy = Adequacy(problems, on_progress=_say)
        scores = []
        for score in adequacy.run(broker, workers or os.cpu_count() or 1, scale):
            scores.append(score)
            print("\n".join(_told(score)), flush=True)
            _tabulate(score, table)
    if open_ones := [score.problem for score in scores if score.open]:
        slugs = " ".join(problem.slug for problem in open_ones)
        where = problems_option(open_ones[0].folder.parent.parent)
        print(f"A survivor wants a case that kills it or, where it is no mistake: judge problem triage {slugs}{where}")
    if any(score.open or score.defects for score in scores):
        raise SystemExit(NOT_ACCEPTED)


def _tabulate(score: "Score", table: Path | None) -> None:
    """Write a problem's row into the page, where there is one."""
    from judge.adequacy import table_of

    if table is not None:
        former = table.read_text(encoding="utf-8") if table.exists() else ""
        table.write_text(table_of([score], former), encoding="utf-8")


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
        f"{len(score.timeouts)} of them by time; "
        f"{len(score.settled)} are equivalent, {len(score.open)} survive: adequacy {score.adequacy:.1%}"
    )


def kills(root: Path, slug: str, choice: "Choice", *, workers: int | None) -> None:
    """Print a matrix of cases and what they fail, with a column for each wrong solution and saboteur."""
    from judge.bootstrap import measure_scale, open_broker
    from judge.verification import Verification

    problem = Catalogue(root).problem(slug)
    scale = measure_scale()
    verification = Verification([problem], 1, chosen=lambda trial: trial.counts_as_wrong)
    with open_broker(problem, scale, choice) as broker:
        verification.run(broker, workers or os.cpu_count() or 1, scale)
    found = verification.findings[slug]
    print("\n".join(_matrix(found.cases, dict(found.bites))))


def _matrix(cases: set[str], bites: dict[str, set[str]]) -> "Iterator[str]":
    """Yield a row for each case, and then what the columns are; columns are numbered from 1."""
    titles = sorted(bites)
    width = max(map(len, cases), default=0)
    for name in sorted(cases):
        row = "".join("x" if name in bites[title] else "." for title in titles)
        yield f"{name:{width}}  {row}  {row.count('x')}"
    yield ""
    for number, title in enumerate(titles, start=1):
        yield f"{number:3}  {title}: failed by {len(bites[title])} of {len(cases)} cases"


def triage(
    problems: "list[Problem]", keys: list[str], choice: "Choice", *, workers: int | None, table: Path | None
) -> None:
    """Gather evidence for survivors, write it into the problems' files, and say what is left to do there."""
    from judge.bootstrap import measure_scale, open_broker
    from judge.triaged import triaged

    if keys and table:
        raise UsageError("a row is about all mutants of a problem; leave out --mutant or --table")
    scale, count = measure_scale(), workers or os.cpu_count() or 1
    named = _named(problems, keys)
    with open_broker(problems[0], scale, choice) as broker:
        for problem in problems:
            if keys:
                _triage(problem, named[problem.slug], broker, count, scale)
                continue
            score = _scored(problem, broker, count, scale)
            _triage(problem, score.open, broker, count, scale)
            score.triaged = triaged(problem)
            _tabulate(score, table)


def _named(problems: "list[Problem]", keys: list[str]) -> "dict[str, list[Mutant]]":
    from judge.adequacy import all_mutants

    if not keys:
        return {}
    named = {problem.slug: [one for one in all_mutants(problem) if one.key in keys] for problem in problems}
    if unknown := set(keys) - {mutant.key for mutants in named.values() for mutant in mutants}:
        raise UsageError(f"there is no mutant {min(unknown)}; `judge problem verify --adequacy` lists the survivors")
    return named


def _scored(problem: "Problem", broker: "Broker", workers: int, scale: float) -> "Score":
    from judge.adequacy import Adequacy

    return next(Adequacy([problem], on_progress=_say).run(broker, workers, scale))


def _triage(problem: "Problem", mutants: "list[Mutant]", broker: "Broker", workers: int, scale: float) -> None:
    from judge.equivalence import Equivalence
    from judge.triaged import FILE, triaged, write

    entries = triaged(problem)
    equivalence = Equivalence(problem, mutants, on_progress=_each_thousand())
    for found in equivalence.gather(broker, workers, scale) if mutants else ():
        entries |= {one.mutant.name: _entry(one, entries) for one in found if not one.rejection}
        if entries:
            write(problem.folder / FILE, entries.values())
        for one in found:
            what = f"rejected: {one.rejection}" if one.rejection else entries[one.mutant.name].lacks() or "equivalent"
            print(f"{problem.slug}: {one.mutant.key} {one.mutant.name}: {what}", flush=True)
    left = sum(bool(entry.lacks()) for entry in entries.values())
    print(f"{problem.slug}: {FILE} holds {len(entries)} mutants, of which {left} lack something.", flush=True)


def _entry(one: "Evidence", entries: "dict[str, Triaged]") -> "Triaged":
    """Return a mutant's entry with what was measured, and with what its author wrote so far."""
    from judge.triaged import Triaged

    former = entries.get(one.mutant.name, Triaged(one.mutant.name))
    return replace(former, inputs=one.inputs, seeds=one.seeds, difference=one.difference)


def _each_thousand() -> "Callable[[str, int], None]":
    """Return what tells progress, once for each thousand inputs: a line for each seed would bury the answers."""
    told: set[tuple[str, int]] = set()

    def tell(solution: str, inputs: int) -> None:
        thousands = inputs // 1000
        if thousands and (solution, thousands) not in told:
            told.add((solution, thousands))
            print(f"{solution}: {inputs} inputs", file=sys.stderr)

    return tell
