"""A service as a client meets it: it is busy, it breaks off, it refuses, it lies."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from judge.client.address import parse_address
from judge.client.connection import Connection
from judge.client.errors import ServiceError
from judge.client.service import Service, Ticket
from judge.errors import UsageError
from judge.judging import Progress
from judge.report import CaseReport, LimitFacts, Report, SandboxFacts
from judge.verdict import Verdict

IDENTITY = "0123456789abcdef" * 2
TICKET = Ticket(IDENTITY, "kmeans")
CASE = CaseReport(
    name="test_labels",
    title="Labels",
    group="agreement",
    verdict=Verdict.WA,
    points=0.0,
    max_points=100.0,
    message="labels_ differs",
    printed="\x1b[2J",
    transcript=(
        {
            "expression": "submission.KMeans",
            "args": [2],
            "kwargs": {},
            "assigned": "kmeans",
            "returned": {"object": "k"},
        },
        {"expression": "kmeans.labels_", "returned": {"dtype": "int64", "shape": [2], "array": [0, 1]}},
    ),
)
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


def stand(document: Any, state: str = "done") -> dict[str, Any]:
    return {"id": IDENTITY, "state": state, "report": document}


def with_case(**changes: Any) -> Any:
    return asdict(replace(REPORT, cases=(replace(CASE, **changes),)))


def test_a_submission_is_sent_with_token_and_key(service: Service, script):
    """The key is the same in every try, so that it is queued once."""
    script.raw(503)
    script.json({"detail": "too many"}, 429, Retry_After="0")
    script.json(stand(None, "queued"), 202)
    assert service.submit("kmeans", "x = 1", "key") == TICKET
    assert len(script.requests) == 3
    for method, path, headers, body in script.requests:
        assert (method, path) == ("POST", "/api/v1/submissions")
        assert (headers["idempotency-key"], headers["authorization"]) == ("key", "Bearer judge_secret")
        assert json.loads(body) == {"problem": "kmeans", "source": "x = 1"}


def test_who_is_told_to_come_back_much_later_is_not_kept_waiting(service: Service, script):
    """An hour is told, not slept."""
    script.json({"detail": "that were too many submissions in 24 hours"}, 429, Retry_After="3600")
    with pytest.raises(ServiceError, match="24 hours"):
        service.me()


@pytest.mark.usefixtures("script")
def test_a_service_that_stays_away_is_given_up():
    """After some tries, with its address in the message."""
    with (
        Service(Connection(parse_address("http://127.0.0.1:9"), None)) as service,
        pytest.raises(ServiceError, match=":9 cannot be reached"),
    ):
        service.me()


def test_news_go_on_where_they_broke_off(service: Service, script):
    """A connection that drops, and a stream that ends early, are taken up after the last event that was heard."""
    script.events((1, "state", {"state": "queued"}), (4, "suite", ["one", "two"]), is_cut=True)
    script.events((6, "started", "one"))
    script.events((8, "started", "two"), (9, "state", {"state": "done"}))
    told: list[Any] = []
    service.follow(TICKET, Progress(on_suite=told.append, on_start=told.append))
    assert told == [["one", "two"], "one", "two"]
    assert [headers.get("last-event-id") for _, _, headers, _ in script.requests] == [None, "4", "6"]


def test_news_that_never_come_are_given_up(service: Service, script):
    """Streams that tell nothing are not asked for for ever."""
    for _ in range(3):
        script.events()
    with pytest.raises(ServiceError, match="before the submission was over"):
        service.follow(TICKET, Progress())


def test_the_report_is_the_one_that_was_sent(service: Service, script):
    """What is shown is the same as if it had been judged here."""
    script.json(stand(asdict(REPORT)))
    assert service.report(TICKET) == REPORT


def test_a_cancelled_submission_has_no_report(service: Service, script):
    """That is told, and no verdict is made up."""
    script.json(stand(None, "cancelled"))
    with pytest.raises(ServiceError, match="cancelled"):
        service.report(TICKET)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {**asdict(REPORT), "verdict": "OK"},
        {**asdict(REPORT), "score": "100"},
        {**asdict(REPORT), "schema_version": 99},
        {**asdict(REPORT), "problem": "../../x"},
        with_case(transcript=("x",)),
        with_case(transcript=({"expression": "f"},)),
        with_case(transcript=({"expression": "f", "args": 1, "returned": None},)),
        with_case(transcript=({"expression": "f", "raised": {"type": "ValueError"}},)),
        with_case(transcript=({"expression": "f", "returned": {"dtype": "int64", "shape": ["x"]}},)),
        with_case(transcript=({"expression": "f", "returned": {"dtype": "int64", "shape": [1], "array": [{}]}},)),
        with_case(transcript=({"expression": "f", "returned": {"tuple": 3}},)),
        with_case(transcript=({"expression": "f", "returned": {"dict": [[1]]}},)),
        with_case(expected={"what": 1}),
    ],
)
def test_what_is_no_report_is_not_taken_for_one(service: Service, script, document: Any):
    """A verdict comes from a whole report, about the problem that was asked about."""
    script.json(stand(document))
    with pytest.raises(ServiceError):
        service.report(TICKET)


def test_words_of_a_service_cannot_steer_the_terminal(service: Service, script):
    """A title is the suite's, which is trusted here and foreign from there."""
    script.json(stand(with_case(title="\x1b[2JPwned\u202e", name="\x07")))
    case = service.report(TICKET).cases[0]
    assert (case.title, case.name) == ("\\x1b[2JPwned\\u202e", "\\x07")
    script.json([{"slug": "kmeans", "title": "\x1b]0;x\x07\nK-means"}])
    assert service.problems() == {"kmeans": "\\x1b]0;x\\x07 K-means"}


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"\xff", b"NaN", b'{"name": "x"}', b'{"name": 1, "role": "x"}', b"[" * 100_000]
)
def test_nonsense_is_the_services_fault(service: Service, script, body: bytes):
    """It is told as one, whatever it is."""
    script.raw(200, body)
    with pytest.raises(ServiceError, match="not understood"):
        service.me()


def test_an_answer_without_end_is_not_read(service: Service, script, monkeypatch: pytest.MonkeyPatch):
    """There is a cap."""
    monkeypatch.setattr("judge.client.connection.LINE_CAP", 1000)
    script.raw(200, b"x" * 2000)
    with pytest.raises(ServiceError, match="too large"):
        service.me()


def test_an_answer_that_unpacks_to_more_is_not_unpacked(service: Service, script):
    """None was asked for."""
    script.raw(200, b"x", Content_Encoding="gzip")
    with pytest.raises(ServiceError, match="not asked for"):
        service.me()


def test_a_redirection_is_not_followed(service: Service, script):
    """The token would go along."""
    script.raw(307, Location=f"{script.url}/elsewhere")
    with pytest.raises(UsageError, match="elsewhere"):
        service.me()
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, UsageError, "judge login"),
        (403, UsageError, "no, \\\\x1b"),
        (422, UsageError, "no"),
        (500, ServiceError, "500"),
    ],
)
def test_a_refusal_is_told_in_the_services_words(service: Service, script, status: int, kind: type, words: str):
    """Made safe to show, and never tried again."""
    script.json({"detail": "no, \x1b"}, status)
    with pytest.raises(kind, match=words):
        service.me()
    assert len(script.requests) == 1


def test_an_error_without_a_problem_document_is_told_by_its_status(service: Service, script):
    """A proxy's page is not shown."""
    script.raw(404, b"<html>", Content_Type="text/html")
    with pytest.raises(UsageError, match="404"):
        service.me()
