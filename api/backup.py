"""Keeps all that the service knows in one file, and brings it back.

All of it is in the database: accounts, submissions, reports, private packs,
and on PostgreSQL the queue. Settings are not, nor a folder of problems.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select

from api.database import open_engine, reading
from api.dumps import Dumps, PostgreSQLDumps, SQLiteDumps
from api.models import Submission
from api.opening import demand_known, explained, open_existing
from judge.errors import UsageError

_FORCE = "--force replaces it by the backup"


def back_up(url: str, file: Path, *, force: bool) -> int:
    """Write everything to a file, whole or not at all; return how many submissions there are.

    Raises UsageError when the file is there already, unless `force` says to replace it.
    """
    if file.exists() and not force:
        raise UsageError(f"{file}: this file is there already; --force replaces it")
    with _disposing(open_existing(url)) as engine:
        with _named(file), _aside(file) as aside:
            _dumps(engine).write(aside)
            os.replace(aside, file)
        return _submissions(engine)


def restore(url: str, file: Path, *, force: bool) -> int:
    """Replace the database by what a file holds, or change nothing; return how many submissions there are then.

    Raises UsageError where the file is no backup of such a database, and where
    there is something to lose, unless `force` says to go on.
    """
    with explained(url), _disposing(open_engine(url)) as engine:
        dumps = _dumps(engine)
        with _named(file):
            _demand_backup(file, dumps)
        if not force:
            _demand_nothing_to_lose(engine)
        # Connections of ours would be in the way.
        engine.dispose()
        dumps.read(file)
        return _submissions(engine)


@contextmanager
def _disposing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Say in one line what is wrong with a file."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


@contextmanager
def _aside(file: Path) -> Iterator[Path]:
    """Yield an empty file beside another, which only its owner may read and which is gone afterwards."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _dumps(engine: Engine) -> Dumps:
    return SQLiteDumps(engine) if engine.dialect.name == "sqlite" else PostgreSQLDumps(engine)


def _demand_backup(file: Path, dumps: Dumps) -> None:
    """Raise UsageError for a file that did not come from `back_up` on a database of the same kind."""
    with file.open("rb") as opened:
        begins = opened.read(32)
    if not begins.startswith(dumps.magic):
        others = {SQLiteDumps.magic: "SQLite", PostgreSQLDumps.magic: "PostgreSQL"}
        kind = next((name for magic, name in others.items() if begins.startswith(magic)), None)
        raise UsageError(f"this is a backup of {kind}, and the database is not" if kind else "this is no backup")
    revision = dumps.revision(file)
    if revision is None:
        raise UsageError("this is no whole backup of the service's database")
    demand_known(revision)


def _demand_nothing_to_lose(engine: Engine) -> None:
    tables = inspect(engine).get_table_names()
    if tables and Submission.__tablename__ not in tables:
        raise UsageError(f"it holds tables that are not the service's; {_FORCE}")
    if tables and (count := _submissions(engine)):
        raise UsageError(f"it holds {count} submissions; {_FORCE}")


def _submissions(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0
