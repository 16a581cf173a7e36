"""Reports over HTTP in every output format, chosen by name or by what the client accepts."""

from dataclasses import asdict

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import submissions
from api.app import create_app
from api.service import Service
from judge.rendering.outputs import CONTENT_TYPES, FORMATS
from judge.report import CaseReport, LimitFacts, Report, SandboxFacts
from judge.verdict import Verdict

BODY = {"problem": "kmeans", "source": "class KMeans: ..."}
CASE = CaseReport("test_x", "<script>alert(1)</script>", "agreement", Verdict.WA, 0.0, 100.0, message="labels_ differs")
REPORT = Report(
    problem="kmeans",
    verdict=Verdict.WA,
    score=0.0,
    max_score=100.0,
    seed=3,
    feedback="full",
    message="",
    sandbox=SandboxFacts("bubblewrap", isolated=True, limits="cgroup v2"),
    limits=LimitFacts(20.0, 20.0, 1024, 1.0),
    cases=(CASE,),
)


@pytest.fixture
def place(local: TestClient, engine: Engine) -> str:
    """Have a submission judged, and return where its report is."""
    identity = local.post("/submissions", json=BODY).json()["id"]
    with Session(engine) as session, session.begin():
        job = submissions.claim(session, "test")
        assert job is not None
        submissions.finish(session, job, asdict(REPORT))
    return f"/submissions/{identity}/report"


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_had_in_every_format(local: TestClient, place: str, name: str):
    """As a file of its type, which no browser shows as a page of the service's."""
    answer = local.get(place, params={"format": name})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == CONTENT_TYPES[name]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text
    if name == "html":
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/xml", "application/xml"),
        ("application/xml;q=0.5, application/sarif+json", "application/sarif+json"),
        ("image/png, text/markdown;q=0.1", "text/markdown; charset=utf-8"),
    ],
)
def test_the_most_wanted_type_is_sent(local: TestClient, place: str, accept: str, kind: str):
    """Of those that there are."""
    assert local.get(place, headers={"Accept": accept}).headers["Content-Type"] == kind


def test_a_type_that_there_is_not_is_told(local: TestClient, place: str):
    """With those that there are."""
    answer = local.get(place, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/xml" in answer.json()["detail"]
    assert local.get(place, params={"format": "pdf"}).status_code == 422


def test_there_is_no_report_before_there_is_a_verdict(local: TestClient):
    """The state is told."""
    identity = local.post("/submissions", json=BODY).json()["id"]
    answer = local.get(f"/submissions/{identity}/report")
    assert answer.status_code == 409
    assert "queued" in answer.json()["detail"]


def test_what_fails_inside_is_a_problem_document_too(service: Service, monkeypatch: pytest.MonkeyPatch):
    """And says nothing of the inside."""

    def fail(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("api.submissions.load", fail)
    app = create_app(service)
    client = TestClient(app, "http://localhost/api/v1", raise_server_exceptions=False, client=("127.0.0.1", 5000))
    answer = client.post("/submissions", json=BODY)
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
