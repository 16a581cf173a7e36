"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

import logging
import math
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from judge.errors import UsageError

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

AWAY = (InterfaceError, InternalError, OperationalError, NoConnection)
"""What SQLAlchemy raises where the database does not answer, or takes nothing just now: trying again may help."""
_AGAIN_SECONDS = 1.0
_LAST_SECONDS = 30.0
_BUSY_SECONDS = 30
_KINDS = "it is sqlite:///FILE or postgresql+psycopg://…"
# So that libpq notices within seconds, the last in milliseconds, that PostgreSQL's host cannot be reached.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
# Any number; who upgrades holds a lock of this name, so that of several at once the others find the work done.
_UPGRADING = 7_051_816
_MIGRATIONS = Path(__file__).parent / "migrations"

Outcome = TypeVar("Outcome")


def open_engine(url: str) -> Engine:
    """Return an engine for a database URL; raise UsageError for one that is not SQLite's or PostgreSQL's."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError(f"the database URL cannot be read; {_KINDS}") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg":
        patient = parsed.set(query={**_PATIENCE, **parsed.query})
        return create_engine(patient, pool_size=20, max_overflow=20, pool_pre_ping=True)
    if parsed.drivername != "sqlite" or not parsed.database:
        raise UsageError(f"{parsed.drivername}: this database is not supported; {_KINDS}")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_begin(connection)))
    return engine


def _tune(connection: Any, _: Any) -> None:
    # The driver's own transactions begin late and lock later still; ours begin where SQLAlchemy says so.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> str:
    """Return how a transaction begins: one that writes takes its lock at once, and never has to give up half way."""
    return "BEGIN" if connection.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE"


def reading(engine: Engine) -> Session:
    """Return a session that only reads, so that nobody waits for it; its rows outlive it."""
    return Session(engine.execution_options(reads_only=True), expire_on_commit=False)


def patiently(act: Callable[[], Outcome], stop: threading.Event) -> Outcome:
    """Do what needs the database, again and again while it is away; once `stop` is set, not for much longer."""
    last = math.inf
    while True:
        try:
            return act()
        except AWAY as error:
            if time.monotonic() > last:
                raise
            log.warning("the database does not answer: %s", error)
        if stop.is_set():
            last = min(last, time.monotonic() + _LAST_SECONDS)
        time.sleep(_AGAIN_SECONDS)


def write_patiently(engine: Engine, change: Callable[[Session], None], stop: threading.Event) -> None:
    """Make a change in a transaction of its own, again and again while the database is away."""

    def write() -> None:
        with Session(engine) as session, session.begin():
            change(session)

    patiently(write, stop)


def upgrade(engine: Engine) -> None:
    """Create what is missing in the database, step by step, all in one transaction."""
    from alembic import command

    config = _migrations()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADING})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _migrations() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def revision_of(engine: Engine) -> str | None:
    """Return the version of the database's tables, None where there are none of the service's."""
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(revision: str | None) -> bool:
    """Tell whether tables of a version are as this version of the judge needs them."""
    from alembic.script import ScriptDirectory

    return revision == ScriptDirectory.from_config(_migrations()).get_current_head()


def is_known(revision: str) -> bool:
    """Tell whether this version of the judge knows a version of the tables: its own, or an older one."""
    from alembic.script import ScriptDirectory

    return any(one.revision == revision for one in ScriptDirectory.from_config(_migrations()).walk_revisions())
