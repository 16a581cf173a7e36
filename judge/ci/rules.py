"""The rules that a repository is graded by: its own, or a course's policy.

A student writes the repository's file. Under a policy it says where solutions
are, and nothing else of it counts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from judge.configuration import PolicyTable, RepositoryTable, read_table
from judge.errors import UsageError, did_you_mean
from judge.settings import Layer, repository_layer

DEFAULT_POINTS = 100.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts, and how much.

    `files` names the files of problems that are not found by their names,
    `named` the problems that alone count (all where it is empty); `minimum` is
    in points, and without one every solution must be accepted.
    """

    paths: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    deadline: datetime | None = None
    required: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    minimum: float | None = None
    requires_at: bool = False

    def worth(self, slug: str) -> float:
        """Return the points that a problem is worth."""
        return self.points.get(slug, DEFAULT_POINTS)

    def deadline_of(self, slug: str) -> datetime | None:
        """Return the moment after which a solution is late."""
        return self.deadlines.get(slug, self.deadline)

    def counts(self, slug: str) -> bool:
        """Tell whether a problem is graded here."""
        return not self.named or slug in self.named


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force, the layers that further settings come from, and what the repository says in vain.

    `tables` are the files that the rules were made of, by path.
    """

    rules: Rules
    layers: tuple[Layer, ...] = ()
    tables: Mapping[Path, RepositoryTable] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def refuse_unknown(self, slugs: Collection[str]) -> None:
        """Raise UsageError when a file names a problem that does not exist."""
        for path, table in self.tables.items():
            for slug in (*table.required, *table.solutions):
                if slug not in slugs:
                    raise UsageError(
                        f"{path}: there is no problem named {slug!a}.{did_you_mean(slug, slugs)} "
                        f"`judge list` shows all."
                    )


def read_rules(root: Path, policy: Path | None) -> RuleBook:
    """Read a repository's rules, or a policy's; raise UsageError where a file is not as it must be."""
    own = repository_layer(root)
    table = own.table if own and isinstance(own.table, RepositoryTable) else RepositoryTable()
    tables = {own.path: table} if own else {}
    if policy is None:
        return RuleBook(_rules(table, table), (own,) if own else (), tables)
    course = read_table(policy, PolicyTable)
    rules = replace(_rules(course, table), named=frozenset({*course.required, *course.solutions}))
    _refuse_unreachable(rules, policy)
    return RuleBook(rules, (Layer(policy, course),), {policy: course, **tables}, tuple(_ignored(table)))


def _rules(table: RepositoryTable, own: RepositoryTable) -> Rules:
    """Return a table's rules; where it does not say where solutions are, the repository's `own` does."""
    solutions = table.solutions
    places = [*own.solutions.items(), *solutions.items()]
    return Rules(
        paths=table.paths or own.paths,
        files={slug: place.file for slug, place in places if place.file is not None},
        points={slug: solution.points for slug, solution in solutions.items() if solution.points is not None},
        deadlines={slug: solution.deadline for slug, solution in solutions.items() if solution.deadline is not None},
        deadline=table.deadline,
        required=tuple(dict.fromkeys(table.required)),
        minimum=table.minimum,
        requires_at=isinstance(table, PolicyTable) and table.requires_at,
    )


def _refuse_unreachable(rules: Rules, policy: Path) -> None:
    most = sum(rules.worth(slug) for slug in rules.named)
    if rules.named and rules.minimum is not None and rules.minimum > most:
        raise UsageError(f"{policy}: minimum: {rules.minimum:g} points are more than the {most:g} that can be had")


def _ignored(table: RepositoryTable) -> Iterator[str]:
    """Yield what a repository's file says in vain under a policy."""
    for name in table.__struct_fields__:
        if name not in ("paths", "solutions") and getattr(table, name) != getattr(RepositoryTable(), name):
            yield name
    for slug, solution in table.solutions.items():
        for name in ("points", "deadline"):
            if getattr(solution, name) is not None:
                yield f"solutions.{ascii(slug)[1:-1]}.{name}"
