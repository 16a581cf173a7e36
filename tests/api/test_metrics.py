"""What the service tells of itself, and that telling costs the same however much was judged."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from api import accounts, submissions
from api.accounts import Role
from api.metrics import exposition
from api.models import Account
from api.queueing import Looking
from api.submissions import Draft
from api.worker import Worker
from judge.catalogue import Catalogue
from sandbox.broker import Broker

BODY = {"problem": "kmeans", "source": "class KMeans: ..."}


def judged(engine: Engine, verdict: str) -> None:
    """Take up the next submission and finish it."""
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "test")
        assert job is not None
        submissions.finish(session, job, {"verdict": verdict, "score": 0.0, "max_score": 1.0})


def figures(local: TestClient) -> dict[str, float]:
    lines = [line for line in local.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_metrics_tell_what_waits_and_what_was_judged(local: TestClient, engine: Engine):
    """By problem and verdict, with the seconds that it took."""
    for _ in range(4):
        local.post("/submissions", json=BODY)
    for verdict in ("AC", "WA", "WA"):
        judged(engine, verdict)
    told = figures(local)
    assert told['judge_submissions{state="queued"}'] == 1.0
    assert told['judge_submissions{state="running"}'] == 0.0
    assert told["judge_oldest_wait_seconds"] > 0.0
    for verdict, count in (("AC", 1.0), ("WA", 2.0)):
        labels = f'{{problem="kmeans",verdict="{verdict}"}}'
        assert told[f"judge_judged_total{labels}"] == count
        assert told[f"judge_waiting_seconds_total{labels}"] > 0.0
        assert told[f"judge_judging_seconds_total{labels}"] >= 0.0


def test_refusals_are_counted(local: TestClient, service: Any):
    """By their reason."""
    object.__setattr__(service, "settings", service.settings.model_copy(update={"waiting_cap": 1}))
    for _ in range(3):
        local.post("/submissions", json=BODY)
    assert figures(local)['judge_refusals_total{reason="queue"}'] == 2.0


def test_restarts_of_the_sandbox_are_told_once(local: TestClient, engine: Engine):
    """Each is added to what other workers told."""
    broker = Broker(sandbox=None)  # type: ignore[arg-type]  # never used
    worker = Worker(engine, Catalogue(), Looking(), broker, 1.0, 1, 6.0)
    for restarts in (0, 2, 2, 3):
        broker.restarts = restarts
        worker._tell_restarts()
    assert figures(local)["judge_sandbox_restarts_total"] == 3.0


@pytest.fixture
def statements(engine: Engine) -> list[tuple[str, Any]]:
    """Gather what the database is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    return asked


def test_no_request_goes_through_all_that_was_ever_submitted(engine: Engine, statements: list[tuple[str, Any]]):
    """Metrics and a new submission look into indexes."""
    with Session(engine) as session, session.begin():
        account = accounts.create_account(session, "test", "alice", Role.MEMBER, "team")
        statements.clear()
        submissions.create(session, session.get_one(Account, account.id), Draft("kmeans", "", 0, "full", "digest"))
        exposition(session, refused={})  # type: ignore[arg-type]  # nothing was refused
    plans = plans_of(engine, statements)
    assert len(plans) > 5
    assert not [plan for plan in plans if "SCAN submissions" in plan]
    assert any("COVERING INDEX ix_submissions_state (account_id=? AND state=?)" in plan for plan in plans)
    assert any("COVERING INDEX ix_submissions_day (account_id=? AND created_at>?)" in plan for plan in plans)


def test_a_leaderboard_looks_up_each_accounts_best(
    local: TestClient, engine: Engine, statements: list[tuple[str, Any]]
):
    """It costs more with accounts, not with submissions."""
    local.patch("/me", json={"pseudonym": "ada"})
    local.post("/submissions", json=BODY)
    judged(engine, "WA")
    statements.clear()
    standings = local.get("/leaderboards/kmeans").json()["standings"]
    assert [(one["place"], one["name"], one["score"]) for one in standings] == [(1, "ada", 0.0)]
    assert any("ix_submissions_best" in plan for plan in plans_of(engine, statements))


def plans_of(engine: Engine, statements: list[tuple[str, Any]]) -> list[str]:
    """Return how SQLite would go about what it was asked."""
    with engine.connect() as connection:
        asked = [one for one in list(statements) if one[0].lstrip().startswith("SELECT")]
        rows = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text(sql)}", values).all() for sql, values in asked]
    return [str(row[3]) for plan in rows for row in plan]
