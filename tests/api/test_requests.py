"""Requests: what is let in, what is refused and how, and what a submission looks like on its way."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import submissions
from api.accounts import Role
from api.service import Service

BODY = {"problem": "kmeans", "source": "class KMeans: ..."}
REPORT = {"verdict": "AC", "score": 100.0, "max_score": 100.0, "problem": "kmeans"}

ClientOf = Callable[..., TestClient]


def judged(engine: Engine) -> None:
    """Take up the next submission and finish it."""
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "test")
        assert job is not None
        submissions.finish(session, job, REPORT)


def test_a_submission_is_queued_judged_and_read(local: TestClient, engine: Engine):
    """Its place is told at once, its report once it is done."""
    made = local.post("/submissions", json=BODY)
    assert (made.status_code, made.json()["state"]) == (202, "queued")
    place = made.headers["Location"].removeprefix("/api/v1")
    judged(engine)
    answer = local.get(place).json()
    assert (answer["state"], answer["verdict"], answer["report"]) == ("done", "AC", REPORT)


def test_an_unchanged_submission_is_not_sent_again(local: TestClient, engine: Engine):
    """Its tag holds until its state changes."""
    place = local.post("/submissions", json=BODY).headers["Location"].removeprefix("/api/v1")
    tag = local.get(place).headers["ETag"]
    assert local.get(place, headers={"If-None-Match": tag}).status_code == 304
    judged(engine)
    assert local.get(place, headers={"If-None-Match": tag}).status_code == 200


def test_a_key_makes_a_request_safe_to_repeat(local: TestClient):
    """The same body is the same submission; another body under the same key is refused."""
    key = {"Idempotency-Key": "one"}
    first, again = (local.post("/submissions", json=BODY, headers=key).json()["id"] for _ in range(2))
    assert first == again
    other = local.post("/submissions", json={**BODY, "source": "other"}, headers=key)
    assert other.status_code == 422
    assert len(local.get("/submissions").json()["items"]) == 1


def test_pages_follow_one_another(local: TestClient):
    """Every submission is on one page, the newest first."""
    made = [local.post("/submissions", json=BODY).json()["id"] for _ in range(5)]
    seen, place = [], "/submissions?limit=2"
    while place:
        page = local.get(place)
        seen += [item["id"] for item in page.json()["items"]]
        place = page.links.get("next", {}).get("url", "").removeprefix("/api/v1")
    assert seen == made[::-1]


def test_events_are_told_from_where_a_watcher_was(local: TestClient, engine: Engine):
    """A watcher that comes back is told what it missed, and the end."""
    identity = local.post("/submissions", json=BODY).json()["id"]
    judged(engine)
    told = local.get(f"/submissions/{identity}/events").text
    assert [line for line in told.splitlines() if line.startswith("event")] == ["event: state"] * 3
    later = local.get(f"/submissions/{identity}/events", headers={"Last-Event-ID": "2"}).text
    assert later.count("event: state") == 1
    assert '"verdict": "AC"' in later


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Origin": "http://evil.example"}, 401),
        ({"X-Forwarded-For": "203.0.113.5"}, 401),
        ({"Authorization": "Bearer judge_wrong"}, 401),
        ({"Authorization": "Basic eDp5"}, 401),
        ({}, 200),
    ],
)
def test_without_a_token_only_this_machine_itself_is_let_in(local: TestClient, headers: dict[str, str], status: int):
    """A web page, a proxy and a wrong token are not this machine."""
    answer = local.get("/me", headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status


def test_nobody_sees_what_is_another_accounts(client_of: ClientOf):
    """A stranger's submission is not there, for a member of the same team as well; a setter sees the team's."""
    alice, bob, carol = client_of("alice"), client_of("bob"), client_of("carol", Role.SETTER)
    dave = client_of("dave", Role.SETTER, "other team")
    identity = alice.post("/submissions", json=BODY).json()["id"]
    statuses = [client.get(f"/submissions/{identity}").status_code for client in (alice, bob, carol, dave)]
    assert statuses == [200, 404, 200, 404]
    assert bob.get("/submissions?team=true").status_code == 403
    assert [item["id"] for item in carol.get("/submissions?team=true").json()["items"]] == [identity]


def test_a_revoked_token_lets_nobody_in(client_of: ClientOf):
    """It ends at once."""
    alice = client_of("alice")
    made = alice.post("/tokens", json={"name": "laptop"}).json()
    shown = {"Authorization": f"Bearer {made['secret']}"}
    assert alice.get("/me", headers=shown).status_code == 200
    assert alice.delete(f"/tokens/{made['id']}").status_code == 204
    assert alice.get("/me", headers=shown).status_code == 401


def test_only_admins_make_accounts_and_it_is_written_down(client_of: ClientOf):
    """A member is refused, an admin's act is in the audit log."""
    new = {"name": "erin", "team": "team"}
    assert client_of("alice").post("/accounts", json=new).status_code == 403
    admin = client_of("root", Role.ADMIN)
    assert admin.post("/accounts", json=new).status_code == 201
    assert "account.create" in {entry["act"] for entry in admin.get("/audit").json()["items"]}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/submissions", {**BODY, "problem": "nothing"}, 404),
        ("POST", "/submissions", {**BODY, "more": 1}, 422),
        ("POST", "/submissions", {**BODY, "source": "x" * (300 << 10)}, 413),
        ("PUT", "/submissions", {}, 405),
        ("GET", "/submissions/" + "0" * 32, None, 404),
        ("GET", "/nothing", None, 404),
    ],
)
def test_what_cannot_be_done_is_told_as_a_problem_document(
    local: TestClient, method: str, path: str, body: object, status: int
):
    """Title, status and detail, whatever is wrong."""
    answer = local.request(method, path, json=body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= answer.json().keys()
    if status == 405:
        assert answer.headers["Allow"] == "GET, POST"


def test_a_full_queue_says_when_to_come_back(service: Service, local: TestClient):
    """A queue without bounds would be an answer that never comes."""
    object.__setattr__(service, "settings", service.settings.model_copy(update={"waiting_cap": 1}))
    assert local.post("/submissions", json=BODY).status_code == 202
    refused = local.post("/submissions", json=BODY)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_metrics_and_health_need_no_token(local: TestClient):
    """What watches the service is no account of it."""
    local.post("/submissions", json=BODY)
    assert local.get("/healthz").json() == local.get("/readyz").json() == {"status": "ok"}
    assert 'judge_submissions{state="queued"} 1.0' in local.get("/metrics").text
