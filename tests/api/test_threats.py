"""What a client can try against the service (docs/security.md): each is refused, or does nothing."""

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from api import accounts, submissions
from api.accounts import ALLOWED, LOCAL, Grant, Role, Scope
from api.app import create_app
from api.errors import RequestError
from api.models import Account, Clock, Submission, Token
from api.service import Service
from api.submissions import Draft

BODY = {"problem": "kmeans", "source": "class KMeans: ..."}
JSON = {"Content-Type": "application/json"}

ClientOf = Callable[..., TestClient]
Running = Callable[[Service], AbstractContextManager[str]]


def changed(service: Service, **settings: object) -> None:
    object.__setattr__(service, "settings", service.settings.model_copy(update=settings))


def is_problem_document(answer: httpx2.Response) -> bool:
    return (
        answer.headers["Content-Type"] == "application/problem+json" and answer.json()["status"] == answer.status_code
    )


def test_a_body_that_is_too_long_is_told_so(local: TestClient):
    """Before it is parsed."""
    answer = local.post("/submissions", content=b"[" * (2 << 20), headers=JSON)
    assert answer.status_code == 413
    assert is_problem_document(answer)


def test_a_body_without_end_is_not_read_to_its_end(service: Service):
    """It does not say how long it is, and is counted while it comes."""
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/submissions",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 5000),
        "server": ("localhost", 80),
    }
    chunks, told = 0, []

    async def receive() -> dict[str, object]:
        nonlocal chunks
        chunks += 1
        assert chunks < 100
        return {"type": "http.request", "body": b"[" * (64 << 10), "more_body": True}

    async def send(message: dict[str, object]) -> None:
        told.append(message)

    asyncio.run(create_app(service)(scope, receive, send))
    assert told[0]["status"] == 413


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"problem": "kmeans", "source": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
        b'{"problem": "kmeans", "source": ' + b"9" * 100_000 + b"}",
        b'{"problem": "kmeans", "source": "\\ud800"}',
        b'{"problem": "kmeans", "source": "\\u0000"}',
        b'{"problem": "kmeans\\u0000", "source": ""}',
        b'{"problem": "kmeans", "source": NaN}',
        b'{"problem": "kmeans", "source": null}',
    ],
)
def test_bytes_that_are_no_submission_are_refused(local: TestClient, content: bytes):
    """Nulls, bad encodings, deep nesting and endless numbers are the client's error, never the service's."""
    answer = local.post("/submissions", content=content, headers=JSON)
    assert answer.status_code in (400, 422)
    assert is_problem_document(answer)
    assert local.get("/submissions").json()["items"] == []


@pytest.mark.parametrize("problem", ["../kmeans", "clustering/kmeans", "/etc/passwd", "..", "kmeans.py", "x\n", ""])
def test_a_problem_is_named_not_found_by_path(local: TestClient, problem: str):
    """No name leads anywhere else in the file system."""
    assert local.post("/submissions", json={**BODY, "problem": problem}).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/problems/%2e%2e", "/problems/..%2f..%2fpyproject.toml", "/problems/%00", "/submissions/%2e%2e%2fx/source"],
)
def test_a_path_leads_out_of_nothing(local: TestClient, path: str):
    """Dots, slashes and nulls in a path are no place."""
    assert local.get(path).status_code in (404, 422)


@pytest.mark.parametrize(
    "change",
    [
        update(Token).values(expires_at=Clock() - 1.0),
        update(Token).values(revoked_at=Clock()),
        update(Account).values(is_active=False),
    ],
    ids=["expired", "revoked", "disabled"],
)
def test_a_token_that_no_longer_holds_lets_nobody_in(client_of: ClientOf, engine: Engine, change: object):
    """From the next request on."""
    client = client_of("alice")
    assert client.get("/me").status_code == 200
    with engine.begin() as connection:
        connection.execute(change)
    answer = client.get("/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_kept_of_a_token_lets_nobody_in(client_of: ClientOf, engine: Engine):
    """A thief of the database has hashes, which are no tokens."""
    client = client_of("alice")
    with Session(engine) as session:
        digest = session.scalar(select(Token.digest))
    assert digest is not None
    secret = client.headers["Authorization"].removeprefix("Bearer ")
    assert secret not in digest
    assert client.get("/me", headers={"Authorization": f"Bearer {digest}"}).status_code == 401
    assert client.get("/me", headers={"Authorization": f"Bearer {secret[:-1]}"}).status_code == 401


def test_a_token_allows_what_it_was_made_for(client_of: ClientOf, engine: Engine):
    """A token to read with does not submit, nor make one that does; and no role exceeds itself."""
    alice = client_of("alice")
    secret = alice.post("/tokens", json={"name": "reader", "scopes": [Scope.READ]}).json()["secret"]
    reading = {"Authorization": f"Bearer {secret}"}
    assert alice.get("/submissions", headers=reading).status_code == 200
    assert alice.post("/submissions", json=BODY, headers=reading).status_code == 403
    assert alice.post("/tokens", json={"name": "x", "scopes": [Scope.WRITE]}, headers=reading).status_code == 403
    assert alice.post("/tokens", json={"name": "x", "scopes": [Scope.ADMIN]}).status_code == 403
    with Session(engine) as session, session.begin():
        account = session.scalars(select(Account).where(Account.name == "alice")).one()
        with pytest.raises(RequestError):
            accounts.create_token(session, "test", account, Grant("x", ALLOWED[Role.ADMIN], 1))


def test_who_comes_without_a_token_is_a_member_and_never_more(local: TestClient, client_of: ClientOf):
    """Not an admin, not the owner of a token, and nobody else takes its name to change that."""
    assert local.get("/me").json()["role"] == "member"
    assert local.post("/accounts", json={"name": "x", "team": "x"}).status_code == 403
    assert local.get("/audit").status_code == 403
    assert local.post("/tokens", json={"name": "x"}).status_code == 403
    admin = client_of("root", Role.ADMIN)
    assert admin.post("/accounts", json={"name": LOCAL, "role": "admin", "team": "x"}).status_code == 409


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
    ],
)
def test_a_web_page_cannot_submit_in_its_readers_name(local: TestClient, headers: dict[str, str]):
    """Neither under a rebound name nor from another origin; no answer allows it to read one either."""
    answer = local.post("/submissions", json=BODY, headers=headers)
    assert answer.status_code in (400, 401)
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert local.get("/submissions").json()["items"] == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_not_taken_for_json(local: TestClient, kind: str):
    """What a page can send without being asked for permission is refused."""
    answer = local.post("/submissions", content=json.dumps(BODY), headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert is_problem_document(answer)


def test_script_in_a_report_stays_text(local: TestClient, engine: Engine):
    """It is JSON and nothing else, and a browser that shows it runs nothing."""
    script = "<script>alert(1)</script>"
    identity = local.post("/submissions", json={**BODY, "source": script}).json()["id"]
    report = {"verdict": "WA", "score": 0.0, "max_score": 1.0, "message": script}
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "test")
        assert job is not None
        submissions.finish(session, job, report)
    for path in (f"/submissions/{identity}", f"/submissions/{identity}/source", "/submissions", f"/nothing/{script}"):
        answer = local.get(path)
        assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_same_request_many_times_at_once_is_one_submission(service: Service, running: Running, engine: Engine):
    """All are told of the same one."""
    told, headers = [], {"Idempotency-Key": "one"}

    def submit(url: str) -> None:
        with httpx2.Client(trust_env=False, timeout=30.0) as client:
            told.append(client.post(f"{url}/api/v1/submissions", json=BODY, headers=headers))

    with running(service) as url:
        threads = [threading.Thread(target=submit, args=(url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {answer.status_code for answer in told} == {202}
    assert len({answer.json()["id"] for answer in told}) == 1
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_too_many_requests_are_told_when_to_come_back(service: Service, client_of: ClientOf):
    """One account's flood is its own: others are let in."""
    changed(service, requests_per_minute=3)
    alice, bob = client_of("alice"), client_of("bob")
    answers = [alice.get("/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert bob.get("/me").status_code == 200


def test_a_flood_of_one_account_delays_anothers_first_by_one_turn(client_of: ClientOf, engine: Engine):
    """Five hundred that wait are one before it."""
    client_of("alice")
    with Session(engine) as session, session.begin():
        account = session.scalars(select(Account).where(Account.name == "alice")).one()
        for _ in range(500):
            submissions.create(session, account, Draft("kmeans", "x = 1", 0, "full", "digest"))
    first = client_of("bob").post("/submissions", json=BODY).json()["id"]
    with Session(engine) as session, session.begin():
        turns = [job.id for job in (submissions.claim(session, "test"), submissions.claim(session, "test")) if job]
    assert first in turns


def test_a_watcher_who_goes_away_leaves_no_trace(service: Service, running: Running, caplog: pytest.LogCaptureFixture):
    """Nothing fails, and the service stops when it is told to."""
    caplog.set_level(logging.WARNING)
    with running(service) as url, httpx2.Client(base_url=f"{url}/api/v1", trust_env=False) as client:
        identity = client.post("/submissions", json=BODY).json()["id"]
        with client.stream("GET", f"/submissions/{identity}/events") as stream:
            assert next(stream.iter_lines()) == "event: state"
    assert caplog.records == []


def test_a_stranger_watches_nothing(client_of: ClientOf):
    """Neither the news of another's submission, nor its report, source or cancellation."""
    alice, bob = client_of("alice"), client_of("bob", Role.SETTER, "other team")
    identity = alice.post("/submissions", json=BODY).json()["id"]
    for method, path in (
        ("GET", ""),
        ("GET", "/source"),
        ("GET", "/events"),
        ("POST", "/cancel"),
        ("POST", "/rejudge"),
    ):
        answer = bob.request(method, f"/submissions/{identity}{path}")
        assert answer.status_code == 404
        assert is_problem_document(answer)


def test_the_first_admin_can_be_made_before_the_service_was_ever_started(tmp_path: Path):
    """The tables are made; the token lets in."""
    from api.serving import create_admin
    from api.settings import Settings

    settings = Settings(database_url=f"sqlite:///{tmp_path / 'new.db'}")
    assert create_admin(settings, "root").startswith("judge_")
