"""Opens the database for a command, which says in one line what is wrong with it and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from api import database
from api.configuration import without_password
from api.database import is_current, is_known, open_engine, revision_of
from judge.errors import JudgeError, UsageError

_SEE = "DATABASE_URL says which it is; `judge config` shows what is in force"


def open_current(url: str) -> Engine:
    """Open a database that is up to date; SQLite's is brought there.

    Raises UsageError where that is for others to see to, JudgeError where it does not answer.
    """
    with _opening(url) as engine:
        if engine.dialect.name == "sqlite":
            # A database of one's own needs nobody who brings it up to date.
            _upgrade(engine)
        _demand_current(engine)
        return engine


def open_existing(url: str) -> Engine:
    """Open a database that somebody else keeps up to date; the errors are those of `open_current`."""
    with _opening(url) as engine:
        _demand_current(engine)
        return engine


def upgrade(url: str) -> None:
    """Bring a database up to date; the errors are those of `open_current`."""
    with _opening(url) as engine:
        _upgrade(engine)
        engine.dispose()


@contextmanager
def _opening(url: str) -> Iterator[Engine]:
    """Yield an engine for somebody to keep, if nothing fails; say what is wrong where something does."""
    with explained(url):
        engine = open_engine(url)
        try:
            yield engine
        except BaseException:
            engine.dispose()
            raise


def _upgrade(engine: Engine) -> None:
    demand_known(revision_of(engine))
    database.upgrade(engine)


def _demand_current(engine: Engine) -> None:
    """Raise UsageError for a database that has not every table as this version needs it."""
    revision = revision_of(engine)
    demand_known(revision)
    if revision is None:
        raise UsageError("the service has no tables there yet; run `judge db upgrade` first")
    if not is_current(revision):
        raise UsageError("its tables are of an older version; back it up, then run `judge db upgrade`")


def demand_known(revision: str | None) -> None:
    """Raise UsageError for the tables of a version that is newer than this one."""
    if revision is not None and not is_known(revision):
        raise UsageError("the tables are of a newer version of the judge; install that one")


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Say in one line which database an error is about, without what opens it, and what it refuses."""
    shown = without_password(url)
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{shown}: {error}") from error
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise JudgeError(f"{shown}: {reason} ({_SEE})") from error
    except OSError as error:
        raise JudgeError(f"{shown}: {error.filename}: {error.strerror} ({_SEE})") from error
