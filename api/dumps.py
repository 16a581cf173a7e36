"""Copies of a whole database in a file: SQLite's own backup, PostgreSQL's by the programs that come with its client."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Engine

from judge.errors import JudgeError

_LOCK_SECONDS = 30
# The schema's own rights are those of a database that was just created.
_EMPTY = f"""
BEGIN;
SET lock_timeout = '{_LOCK_SECONDS}s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
_INSTALL = "PostgreSQL's client programs are not installed here (on Debian: apt-get install postgresql-client)"
_PLAIN = ("--no-owner", "--no-privileges")
_REVISION = re.compile(rb"^COPY \S*alembic_version .*\n(\w+)\n", re.MULTILINE)


class Dumps(Protocol):
    """Writes a database to a file, and reads it back."""

    magic: bytes
    """How such a file begins."""

    def write(self, file: Path) -> None:
        """Write all as it stands at one moment, whoever changes it meanwhile."""
        ...

    def revision(self, file: Path) -> str | None:
        """Return the version of the tables in a file; None where they are not the service's."""
        ...

    def read(self, file: Path) -> None:
        """Replace all that is in the database by what is in the file, or change nothing."""
        ...


class SQLiteDumps:
    """Files that are databases themselves."""

    magic = b"SQLite format 3\x00"

    def __init__(self, engine: Engine) -> None:
        """Dump the database of `engine`."""
        self._database = Path(engine.url.database or "")

    def write(self, file: Path) -> None:
        """Copy while others write; JudgeError is raised where there is nothing to copy."""
        with _opened(self._database, "rw") as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
            # One file, with no log beside it.
            target.execute("PRAGMA journal_mode = DELETE")

    def revision(self, file: Path) -> str | None:
        """Look for the version in the tables, which must be whole."""
        with _opened(file, "ro") as connection:
            try:
                (state,) = connection.execute("PRAGMA quick_check").fetchone()
                found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            except sqlite3.OperationalError:
                return None
        return found[0] if found and state == "ok" else None

    def read(self, file: Path) -> None:
        """Copy in one transaction, which those who have the database open see as any other."""
        with _opened(file, "ro") as source, closing(sqlite3.connect(self._database, timeout=_LOCK_SECONDS)) as target:
            source.backup(target)


@contextmanager
def _opened(database: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """Open a file that is there; raise JudgeError where it cannot be read as a database."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode={mode}", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise JudgeError(f"{database}: {error}") from error


class PostgreSQLDumps:
    """Archives of pg_dump's custom form."""

    magic = b"PGDMP"

    def __init__(self, engine: Engine) -> None:
        """Dump the database of `engine`."""
        from psycopg.conninfo import conninfo_to_dict, make_conninfo

        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        parameters = conninfo_to_dict(url)
        # Command lines are for everybody's eyes, environments are not.
        password = parameters.pop("password", None)
        self._environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
        self._database = "--dbname=" + make_conninfo("", **parameters)

    def write(self, file: Path) -> None:
        """Write a compressed archive."""
        with self._started("pg_dump", "--format=custom", *_PLAIN, f"--file={file}", self._database):
            pass

    def revision(self, file: Path) -> str | None:
        """Look for the version in the one table that has it."""
        options = ("--data-only", "--table=alembic_version", "--file=-")
        with self._started("pg_restore", *options, str(file), stdout=subprocess.PIPE) as script:
            found = _REVISION.search(script.communicate()[0])
        return found.group(1).decode() if found else None

    def read(self, file: Path) -> None:
        """Empty the database and fill it from the archive, in one transaction."""
        options = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", self._database)
        with self._started("psql", *options, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as database:
            to = _pipe(database.stdin)
            to.write(_EMPTY.encode())
            with self._started("pg_restore", *_PLAIN, "--file=-", str(file), stdout=subprocess.PIPE) as script:
                shutil.copyfileobj(_pipe(script.stdout), to)
            # Not reached where the archive ends too early, and without it nothing has changed.
            to.write(b"COMMIT;\n")

    @contextmanager
    def _started(
        self, program: str, *arguments: str, stdin: int | None = None, stdout: int | None = None
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """Run a program during the block; raise JudgeError where there is none, or when it fails."""
        with tempfile.TemporaryFile() as complaints:
            try:
                process = subprocess.Popen(
                    [program, *arguments], env=self._environment, stdin=stdin, stdout=stdout, stderr=complaints
                )
            except FileNotFoundError:
                raise JudgeError(f"{program} is missing: {_INSTALL}") from None
            try:
                with process:
                    yield process
            finally:
                if process.returncode:
                    complaints.seek(0)
                    said = " ".join(complaints.read().decode(errors="replace").split())
                    raise JudgeError(said or f"{program} ended with {process.returncode}")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError("this stream of a process was not asked for")
    return stream
