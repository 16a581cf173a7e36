"""A service on a database of its own, and clients for it."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from cluster import Cluster, binaries
from cluster import running as run_cluster
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role
from api.app import create_app
from api.database import open_engine, upgrade
from api.models import Account
from api.queueing import Looking
from api.service import Service
from api.settings import Settings
from judge.catalogue import Catalogue


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL for the tests; where there is none they fail in CI, and are skipped elsewhere."""
    with run_cluster(binaries()) as made:
        yield made


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database: SQLite's unless a test is of both."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'service.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.create(f"test_{uuid.uuid4().hex}")


@pytest.fixture
def settings(database: str) -> Settings:
    """Return settings with a database of the test's own."""
    return Settings(database_url=database, problems=Catalogue().root)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Open a fresh database with all tables."""
    made = open_engine(settings.database_url)
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def account(engine: Engine) -> Account:
    """Return a member of a team."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return accounts.create_account(session, "test", "alice", Role.MEMBER, "team")


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Service:
    """Return a service that judges nothing by itself."""
    with Session(engine) as session, session.begin():
        accounts.local_member(session)
    return Service(settings, engine, Catalogue(settings.problems), Looking())


@pytest.fixture
def local(service: Service) -> Iterator[TestClient]:
    """Open a client that comes from this machine without a token."""
    with TestClient(create_app(service), base_url="http://localhost/api/v1", client=("127.0.0.1", 5000)) as client:
        yield client


@pytest.fixture
def client_of(service: Service) -> Iterator[Callable[..., TestClient]]:
    """Return a function that makes an account with a token, and a client that shows it."""
    opened = []

    def make(name: str, role: Role = Role.MEMBER, team: str = "team") -> TestClient:
        with Session(service.engine, expire_on_commit=False) as session, session.begin():
            account = accounts.create_account(session, "test", name, role, team)
            _, secret = accounts.create_token(session, "test", account, Grant("test", ALLOWED[role], 1))
        client = TestClient(
            create_app(service),
            base_url="http://localhost/api/v1",
            client=("203.0.113.5", 5000),
            headers={"Authorization": f"Bearer {secret}"},
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


@contextmanager
def _running(service: Service) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(service), port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def running() -> Callable[[Service], AbstractContextManager[str]]:
    """Return what serves a service over a real connection, and tells where."""
    return _running
