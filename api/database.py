"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from judge.errors import JudgeError, UsageError

if TYPE_CHECKING:
    from alembic.config import Config

_BUSY_SECONDS = 30
_KINDS = "it is sqlite:///FILE or postgresql+psycopg://…"
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""What tells libpq to notice within seconds, the last in milliseconds, that PostgreSQL's host cannot be reached."""
# Any number; who upgrades holds a lock of this name, so that of several at once the others find the work done.
_UPGRADING = 7_051_816
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """Return an engine for a database URL; raise UsageError for one that is not SQLite's or PostgreSQL's."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError(f"the database URL cannot be read; {_KINDS}") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg":
        return create_engine(parsed, pool_size=20, max_overflow=20, pool_pre_ping=True, connect_args=PATIENCE)
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


def upgrade(engine: Engine) -> None:
    """Create what is missing in the database, step by step, all in one transaction."""
    from alembic import command

    config = _migrations()
    with _answering(), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADING})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the database has every table as this version needs it."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with _answering(), engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now == ScriptDirectory.from_config(_migrations()).get_current_head()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise JudgeError(f"the database does not answer: {error.orig}") from error


def _migrations() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
