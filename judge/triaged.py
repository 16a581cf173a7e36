"""What `equivalent_mutants.toml`, beside a suite, says: mutants that answer as well as their original, with evidence.

A mutant that a suite accepts shows a hole in the suite, unless it is no mistake:
then it stands in this file with the reason, and with how far its answers were
from the original's on ten thousand inputs or more.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from judge.problem import Problem

FILE = "equivalent_mutants.toml"
LEAST_INPUTS = 10_000

_HEAD = """\
# Mutants of the accepted solutions that this suite rightly accepts. `judge problem triage` writes what was measured:
# `inputs` are distinct calls that original and mutant answered, from so many `seeds` of the suite, and `difference` is
# the largest between two answers, relative to the original's. Where the suite scores answers by a metric, `inputs` are
# the samples that it was measured on, and `difference` is the most that a mutant lost of the way from the baseline to
# the reference. Authors write the `reason`, and up to how large a difference (`within`) it holds.
"""


@dataclass(frozen=True, slots=True)
class Triaged:
    """A mutant by its name, why it is no mistake, and the evidence; `difference` is inf where labels differ."""

    mutant: str
    reason: str = ""
    within: float = 1e-9
    inputs: int = 0
    seeds: int = 0
    difference: float = 0.0

    def lacks(self) -> str:
        """Say what is missing before the entry counts; nothing when it does."""
        if not self.reason.strip():
            return "say in `reason` why it is no mistake"
        if self.inputs < LEAST_INPUTS:
            return f"evidence on {LEAST_INPUTS} inputs is missing; `judge problem triage` gathers it"
        if self.difference > self.within:
            return (
                f"it differs by {self.difference:.2g}; that is a hole in the suite, or a larger `within` has its reason"
            )
        return ""


def triaged(problem: Problem) -> dict[str, Triaged]:
    """Return the mutants that a problem's file names, none where there is no file.

    Raises ProblemError for one that cannot be read.
    """
    return {entry.mutant: entry for entry in problem.entries(FILE, Triaged).get("equivalent", [])}


def write(path: Path, entries: Iterable[Triaged]) -> None:
    """Write a problem's file anew, ordered by the mutants' names."""
    parts = [_HEAD, *(_entry(entry) for entry in sorted(entries, key=lambda one: one.mutant))]
    path.write_text("\n".join(parts), encoding="utf-8")


def _entry(entry: Triaged) -> str:
    # A text in JSON is one in TOML, of which Python has no writer.
    return (
        "[[equivalent]]\n"
        f"mutant = {json.dumps(entry.mutant, ensure_ascii=False)}\n"
        f"reason = {json.dumps(entry.reason, ensure_ascii=False)}\nwithin = {entry.within}\n"
        f"inputs = {entry.inputs}\nseeds = {entry.seeds}\ndifference = {entry.difference}\n"
    )
