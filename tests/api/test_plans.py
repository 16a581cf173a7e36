"""What is asked at every request or every second is looked up in an index, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from cluster import BOTH
from fastapi.testclient import TestClient
from long_history import Asked, begin, fill
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import submissions
from api.app import create_app
from api.database import open_engine, reading
from api.models import Account
from api.queueing import Looking
from api.service import Service
from api.settings import Settings
from api.submissions import Draft
from judge.catalogue import Catalogue

pytestmark = BOTH
ROWS = 20_000
Ask = Callable[[TestClient, Engine], object]


@pytest.fixture
def asked(settings: Settings) -> Iterator[tuple[TestClient, Asked]]:
    """Open a service with some history."""
    engine = open_engine(settings.database_url)
    secret = begin(engine)
    fill(engine, ROWS)
    service = Service(settings, engine, Catalogue(settings.problems), Looking())
    shown = {"Authorization": f"Bearer {secret}"}
    with TestClient(create_app(service), base_url="http://localhost/api/v1", headers=shown) as client:
        yield client, Asked(engine)
    engine.dispose()


def get(path: str) -> Ask:
    def ask(client: TestClient, _: Engine) -> None:
        assert client.get(path).status_code == 200

    return ask


def claim(_: TestClient, engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        assert submissions.claim(session, "test") is not None


def claim_one(_: TestClient, engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        assert submissions.claim(session, "test", f"{ROWS - 1:032x}") is not None


def reap(_: TestClient, engine: Engine) -> None:
    with reading(engine) as session:
        assert submissions.silent(session, 6.0) == []


def create(_: TestClient, engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        submissions.create(session, session.get_one(Account, 1), Draft("kmeans", "", 0, "full", "digest"))


PAGES = (
    "/submissions",
    f"/submissions?before={ROWS // 2}",
    f"/submissions?before={ROWS // 50}",
    "/submissions?problem=kmeans",
    "/submissions?state=done",
    "/submissions?team=true",
    "/submissions?team=true&problem=kmeans",
    "/submissions?team=true&state=done",
    "/submissions?team=true&state=running",
    "/submissions?problem=kmeans&state=done",
    "/submissions?problem=kmeans&state=queued",
)
OTHERS = (get(f"/submissions/{5:032x}"), get("/leaderboards/kmeans"), get("/metrics"), claim, claim_one, reap, create)


def plans_of(asked: tuple[TestClient, Asked], ask: Ask) -> list[list[str]]:
    client, statements = asked
    statements.plans()
    ask(client, statements.engine)
    found = statements.plans()
    assert found
    return found


def is_by_index(plan: list[str]) -> bool:
    through = [line for line in plan if "Seq Scan on submissions" in line or line.startswith("SCAN submissions")]
    return not through and any("Index" in line or "USING" in line for line in plan)


def is_in_order(plan: list[str]) -> bool:
    return not [line for line in plan if line.startswith(("Sort", "->  Sort", "USE TEMP B-TREE"))]


def test_a_page_of_history_is_read_off_an_index(asked: tuple[TestClient, Asked]):
    """The first, one in the middle, the last; nothing is sorted to show a part of it.

    The index is of the account or the team, however large its part of all: it may be a part of long ago.
    """
    for path in PAGES:
        for plan in plans_of(asked, get(path)):
            assert is_by_index(plan), (path, plan)
            assert is_in_order(plan), (path, plan)
            assert any(" ix_submissions_" in line for line in plan), (path, plan)
            if "before" in path:
                assert any("seq<?" in line or (line.startswith("Index Cond") and "seq) <" in line) for line in plan)


def test_the_days_submissions_are_counted_without_looking_at_others(asked: tuple[TestClient, Asked]):
    """Neither at the account's earlier ones."""
    lines = [line for plan in plans_of(asked, create) for line in plan if "created_at" in line]
    assert any(line.startswith("Index Cond") or "(account_id=? AND created_at>?)" in line for line in lines)
    assert not [line for line in lines if line.startswith("Filter")]


def test_nothing_else_goes_through_all_submissions(asked: tuple[TestClient, Asked]):
    """Claims, silent workers, quotas, metrics and leaderboards are looked up."""
    for ask in OTHERS:
        for plan in plans_of(asked, ask):
            assert is_by_index(plan), plan
