"""A PostgreSQL of the tests' own: made in a folder of its own, reached by a socket in it, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
_SECONDS = 60


def missing(what: str) -> NoReturn:
    """Fail in CI for want of something, and skip elsewhere."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL's programs; the test is over where none is installed."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *map(Path, filter(None, [shutil.which("initdb")]))]
    if not found:
        missing("no PostgreSQL is installed here: apt-get install postgresql")
    return max(found, key=lambda path: path.parts).parent


@dataclass(slots=True)
class Cluster:
    """A server that can be killed and started again."""

    programs: Path
    folder: Path
    is_durable: bool

    def url(self, database: str) -> str:
        """Return a database's address."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start it, and recover what a killed one left."""
        # A crash of the server is survived without these, one of the machine is not. What is committed must be: so
        # commits are not told before they are written.
        fast = "" if self.is_durable else " -c fsync=off -c full_page_writes=off"
        # Where no address is listened on, nobody else can come in.
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=150{fast}"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self, how: str = "immediate") -> None:
        """Stop it; `immediate` is as good as a crash."""
        self._control("stop", "-m", how)

    def create(self, database: str) -> str:
        """Create a database and return its address."""
        with closing(create_engine(self.url("postgres"), poolclass=NullPool).connect()) as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f'CREATE DATABASE "{database}"'))
        return self.url(database)

    def _control(self, what: str, *options: str) -> None:
        self._run("pg_ctl", what, "-D", str(self.folder / "data"), "-w", *options)

    def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        first = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*first, str(self.programs / program), *arguments]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=_SECONDS)


@contextmanager
def running(programs: Path, *, is_durable: bool = False) -> Iterator[Cluster]:
    """Make a cluster and run it during the block."""
    folder = Path(tempfile.mkdtemp(prefix="judge-postgresql-"))
    cluster = Cluster(programs, folder, is_durable)
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        cluster._run("initdb", "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "--no-sync")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
