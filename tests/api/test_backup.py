"""What was backed up comes back whole, on both databases, and nothing is lost on the way."""

import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cluster import BOTH
from fastapi.testclient import TestClient
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from api import accounts, submissions
from api.accounts import ALLOWED, Grant, Role
from api.app import create_app
from api.backup import back_up, restore
from api.database import open_engine, upgrade
from api.models import Base, Submission
from api.packs import READY
from api.queueing import Looking, queue_of
from api.service import Service
from api.settings import Settings
from api.worker import Worker
from judge.catalogue import Catalogue
from judge.errors import JudgeError, UsageError
from sandbox.broker import Broker

RIGHT = (Path(__file__).parents[2] / "examples/kmeans.py").read_text(encoding="utf-8")
LEASE_SECONDS = 6.0


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> str:
    """Return the address of another empty database of the same kind."""
    if database.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'elsewhere.db'}"
    return request.getfixturevalue("cluster").create(f"test_{uuid.uuid4().hex}")


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture
def secret(engine: Engine) -> str:
    """Fill the database: one submission judged, one queued, a pack. Return the token of a member."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        account = accounts.create_account(session, "test", "ada", Role.MEMBER, "team")
        _, secret = accounts.create_token(session, "test", account, Grant("test", ALLOWED[Role.MEMBER], 1))
    submit(engine, "ada", "kmeans", "judged")
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "worker")
        assert job is not None
        submissions.finish(session, job, {**submissions.judge_error(job, "x"), "verdict": "AC", "score": 100.0})
    submit(engine, "ada", "kmeans", RIGHT)
    with Session(engine) as session, session.begin():
        texts = dict.fromkeys(("slug", "version", "summary", "statement", "starter"), "text")
        pack = Base.metadata.tables["problem_packs"]
        numbers = {"team_id": account.team_id, "created_by": account.id, "put_at": 1.0, "attempt": 1, "created_at": 1.0}
        session.execute(pack.insert().values(**texts, **numbers, content=bytes(range(256)), state=READY))
    return secret


def submit(engine: Engine, account: str, problem: str, source: str) -> None:
    queue = queue_of(engine, LEASE_SECONDS)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        row = session.scalars(select(accounts.Account).where(accounts.Account.name == account)).one()
        queue.announce(
            session, submissions.create(session, row, submissions.Draft(problem, source, 0, "full", "digest"))
        )


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the service's tables, and of the queue's jobs."""
    names = [*Base.metadata.tables, "alembic_version"]
    if engine.dialect.name == "postgresql":
        names.append("procrastinate_jobs")
    with engine.connect() as connection:
        return {name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')))) for name in names}  # noqa: S608 - names of our own tables


def sources(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Submission.source).order_by(Submission.seq)))


@BOTH
@pytest.mark.usefixtures("secret")
def test_everything_comes_back(database: str, engine: Engine, elsewhere: str, tmp_path: Path):
    """Every row of every table, private packs and the queue among them; and nobody else can read the file."""
    file = tmp_path / "backup"
    assert back_up(database, file, force=False) == 2
    assert file.stat().st_mode & 0o077 == 0
    assert restore(elsewhere, file, force=False) == 2
    with opened(elsewhere) as other:
        assert contents(other) == contents(engine)
    assert not list(tmp_path.glob(".backup*"))


@BOTH
def test_a_restored_service_goes_on(database: str, secret: str, elsewhere: str, tmp_path: Path, broker: Broker):
    """Its tokens hold, what was judged is read, and what was queued is judged."""
    back_up(database, tmp_path / "backup", force=False)
    restore(elsewhere, tmp_path / "backup", force=False)
    with opened(elsewhere) as engine, client(engine, elsewhere, secret) as member, working(engine, broker):
        queued, judged = (one["id"] for one in member.get("/submissions").json()["items"])
        assert member.get(f"/submissions/{judged}/report").json()["score"] == 100.0
        until = time.monotonic() + 180
        while member.get(f"/submissions/{queued}").json()["state"] != "done":
            assert time.monotonic() < until
            time.sleep(0.1)
        assert member.get(f"/submissions/{queued}").json()["verdict"] == "AC"


@contextmanager
def working(engine: Engine, broker: Broker) -> Iterator[None]:
    """Run a worker of one slot during the block."""
    stop = threading.Event()
    worker = Worker(engine, Catalogue(), queue_of(engine, LEASE_SECONDS), broker, 1.0, 1, LEASE_SECONDS)
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def client(engine: Engine, url: str, secret: str) -> TestClient:
    service = Service(Settings(database_url=url), engine, Catalogue(), Looking())
    headers = {"Authorization": f"Bearer {secret}"}
    return TestClient(create_app(service), base_url="http://localhost/api/v1", headers=headers)


@BOTH
@pytest.mark.usefixtures("secret")
def test_submissions_are_replaced_only_where_that_is_asked_for(database: str, engine: Engine, tmp_path: Path):
    """And then nothing is left of what was there: a table of a newer version would be in the way of an upgrade."""
    file = tmp_path / "backup"
    back_up(database, file, force=False)
    before = contents(engine)
    submit(engine, "ada", "kmeans", "later")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE newer (id INTEGER)"))
    with pytest.raises(UsageError, match="holds 3 submissions; --force"):
        restore(database, file, force=False)
    assert sources(engine)[-1] == "later"
    engine.dispose()
    assert restore(database, file, force=True) == 2
    assert contents(engine) == before
    assert "newer" not in inspect(engine).get_table_names()
    upgrade(engine)


@BOTH
def test_tables_of_others_are_replaced_only_where_that_is_asked_for(
    database: str, secret: str, elsewhere: str, tmp_path: Path
):
    """Somebody may have named the wrong database."""
    assert secret
    back_up(database, tmp_path / "backup", force=False)
    with opened(elsewhere) as other, other.begin() as connection:
        connection.execute(text("CREATE TABLE patients (id INTEGER)"))
    with pytest.raises(UsageError, match="not the service's"):
        restore(elsewhere, tmp_path / "backup", force=False)
    with opened(elsewhere) as other:
        assert inspect(other).get_table_names() == ["patients"]


@BOTH
@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_half_a_backup_changes_nothing(database: str, engine: Engine, tmp_path: Path, share: float):
    """Not even by force."""
    whole, half = tmp_path / "backup", tmp_path / "half"
    back_up(database, whole, force=False)
    content = whole.read_bytes()
    half.write_bytes(content[: int(len(content) * share)])
    before = contents(engine)
    engine.dispose()
    with pytest.raises(JudgeError):
        restore(database, half, force=True)
    assert contents(engine) == before


@BOTH
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no backup"),
        (b"CREATE TABLE x (id INTEGER);", "no backup"),
        (b"SQLite format 3\x00" + bytes(2000), "SQLite|is no whole backup|not a database"),
        (b"PGDMP" + bytes(2000), "PostgreSQL|pg_restore"),
    ],
)
def test_what_is_no_backup_is_told(database: str, tmp_path: Path, content: bytes, words: str):
    """Before anything is touched."""
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(JudgeError, match=words):
        restore(database, file, force=True)


@BOTH
def test_what_is_of_a_newer_version_is_told(
    database: str, engine: Engine, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """This version could neither read it nor bring it up to date."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    with pytest.raises(UsageError, match="newer version"):
        back_up(database, tmp_path / "backup", force=False)
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr("api.opening.is_known", lambda _: True)
        tomorrow.setattr("api.opening.is_current", lambda _: True)
        back_up(database, tmp_path / "backup", force=False)
    with pytest.raises(UsageError, match="newer version"):
        restore(elsewhere, tmp_path / "backup", force=False)
    with opened(elsewhere) as other:
        assert not inspect(other).get_table_names()


@BOTH
@pytest.mark.usefixtures("engine")
def test_a_file_that_is_there_is_kept(database: str, tmp_path: Path):
    """Unless it is to be replaced; then it is the former or the new one at every moment."""
    file = tmp_path / "backup"
    file.write_text("precious")
    with pytest.raises(UsageError, match="there already"):
        back_up(database, file, force=False)
    assert file.read_text() == "precious"
    back_up(database, file, force=True)
    assert file.read_bytes() != b"precious"


@BOTH
@pytest.mark.usefixtures("engine")
def test_a_folder_that_is_not_there_is_told(database: str, tmp_path: Path):
    """With the file's name."""
    with pytest.raises(UsageError, match=r"nowhere/backup: No such file"):
        back_up(database, tmp_path / "nowhere/backup", force=False)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, the only one that programs are looked for in."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("engine", "programs")
def test_missing_programs_of_postgresql_are_told(database: str, tmp_path: Path):
    """With how to get them, and nothing is left behind."""
    file = tmp_path / "backups/backup"
    file.parent.mkdir()
    with pytest.raises(JudgeError, match=r"pg_dump is missing: .*apt-get install postgresql-client"):
        back_up(database, file, force=False)
    assert not list(file.parent.iterdir())


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_no_password_stands_on_a_command_line(
    database: str, programs: Path, tmp_path: Path, make_program: Callable[[Path, str], None]
):
    """Everybody on the machine can read those."""
    make_program(programs / "pg_dump", 'echo "$@" > "$0.arguments"; echo "$PGPASSWORD" > "$0.password"')
    url = database.replace("postgres@", "postgres:s3cret@")
    back_up(url, tmp_path / "backup", force=False)
    assert (programs / "pg_dump.password").read_text() == "s3cret\n"
    arguments = (programs / "pg_dump.arguments").read_text()
    assert "dbname=test_" in arguments
    assert "s3cret" not in arguments


@pytest.fixture
def make_program() -> Callable[[Path, str], None]:
    """Return a function that writes a program of the shell's."""

    def make(path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return make


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_what_a_program_complains_of_is_told(
    database: str, programs: Path, tmp_path: Path, make_program: Callable[[Path, str], None]
):
    """And what it wrote until then is no backup."""
    make_program(programs / "pg_dump", 'echo "pg_dump: error: server version mismatch" >&2; exit 1')
    with pytest.raises(JudgeError, match="server version mismatch"):
        back_up(database, tmp_path / "backup", force=False)
    assert [name for name in os.listdir(tmp_path) if "backup" in name] == []
