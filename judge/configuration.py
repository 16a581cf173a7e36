"""The files that settings and grading rules stand in, strictly checked: they may come from somebody hostile.

`judge.toml` of a practice repository, or `[tool.judge]` of its pyproject.toml: `RepositoryTable`.
A course's policy, kept outside its students' repositories: `PolicyTable`.
The user's own `judge.toml` in the configuration folder of the system: `SettingsTable`.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from judge.errors import UsageError, did_you_mean
from judge.plain import read_plain

_FILE_CAP = 256 << 10
_MOST_POINTS = 1_000_000.0
_MOST_ENTRIES = 1000

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Texts = Annotated[tuple[Text, ...], msgspec.Meta(max_length=_MOST_ENTRIES)]
Points = Annotated[float, msgspec.Meta(ge=0, le=_MOST_POINTS)]
# With its offset: nobody should have to guess whose midnight is meant.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class SettingsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set about judging, for one user or one repository."""

    problems: Text | None = None
    feedback: Literal["full", "concise"] | None = None
    sandbox: Literal["bubblewrap", "docker"] | None = None
    workers: Annotated[int, msgspec.Meta(ge=1, le=256)] | None = None


class SolutionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[solutions.SLUG]` of a repository or a policy."""

    file: Text | None = None
    points: Points | None = None
    deadline: Moment | None = None


class RepositoryTable(SettingsTable, frozen=True, forbid_unknown_fields=True):
    """What a repository says: where its solutions are, what they are worth, what is asked for."""

    paths: Texts = ()
    required: Texts = ()
    minimum: Points | None = None
    deadline: Moment | None = None
    solutions: dict[str, SolutionTable] = {}


class PolicyTable(RepositoryTable, frozen=True, forbid_unknown_fields=True):
    """What a course says; `requires_at` refuses to take commit dates for the time of handing in."""

    requires_at: bool = False


Table = TypeVar("Table", bound=SettingsTable)
SETTINGS = tuple(field.name for field in msgspec.structs.fields(SettingsTable))


def read_table(path: Path, kind: type[Table]) -> Table:
    """Return a file's settings, checked; raise UsageError with the place and the mend."""
    return _checked(_document(path), kind, str(path))


def read_project_table(path: Path) -> RepositoryTable | None:
    """Return `[tool.judge]` of a pyproject.toml; None when it has none."""
    tool = _document(path).get("tool", {})
    if not isinstance(tool, dict) or "judge" not in tool:
        return None
    return _checked(tool["judge"], RepositoryTable, f"{path}: tool.judge")


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_plain(path, _FILE_CAP))
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    # Besides its own error, tomllib lets out those of numbers that are too long and of tables that are too deep.
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: this is not TOML: {error}") from error


def _checked(table: Any, kind: type[Table], place: str) -> Table:
    _refuse_unknown(table, kind, place)
    try:
        found = msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        # msgspec names the place as a path from `$`, the whole document, and does not say which of several tables.
        _check_solutions(table, place)
        raise UsageError(f"{place}: {str(error).replace('`$.', '`')}") from error
    _check_solutions(table, place)
    return found


def _check_solutions(table: dict[str, Any], place: str) -> None:
    solutions = table.get("solutions", {})
    for slug, solution in solutions.items() if isinstance(solutions, dict) else ():
        here = f"{place}: solutions.{ascii(slug)[1:-1]}"
        _refuse_unknown(solution, SolutionTable, here)
        try:
            msgspec.convert(solution, SolutionTable)
        except msgspec.ValidationError as error:
            raise UsageError(f"{here}: {str(error).replace('`$.', '`')}") from error


def _refuse_unknown(table: Any, kind: type[msgspec.Struct], place: str) -> None:
    if not isinstance(table, dict):
        raise UsageError(f"{place}: a table is expected here")
    known = kind.__struct_fields__
    for name in table:
        if name not in known:
            raise UsageError(
                f"{place}: there is no setting {name!a}.{did_you_mean(name, known)} There are: {', '.join(known)}."
            )
