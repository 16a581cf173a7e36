"""A service that says what a test has written down for it, one answer after the other."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from judge.client import connection
from judge.client.address import parse_address
from judge.client.connection import Connection
from judge.client.service import Service


@dataclass
class Answer:
    """What is sent for one request; `is_cut` promises more than comes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False


@dataclass
class Script:
    """The answers to come, and the requests that came."""

    answers: list[Answer] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def raw(self, status: int, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(Answer(status, body, named))

    def json(self, document: object, status: int = 200, **headers: str) -> None:
        self.raw(status, json.dumps(document).encode(), Content_Type="application/json", **headers)

    def events(self, *events: tuple[int, str, object], is_cut: bool = False) -> None:
        text = "".join(f"event: {kind}\ndata: {json.dumps(data)}\nid: {number}\n\n" for number, kind, data in events)
        self.answers.append(Answer(200, text.encode(), {"Content-Type": "text/event-stream"}, is_cut))


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        named = {name.lower(): value for name, value in self.headers.items()}
        self.script.requests.append((self.command, self.path, named, self.rfile.read(length)))
        answer = self.script.answers.pop(0)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + 100 * answer.is_cut))
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = True

    do_GET = do_POST = _answer  # noqa: N815 - names that http.server asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """Start a service on loopback; what is waited for before another try is short."""
    monkeypatch.setattr(connection, "_WAITS", (0.01, 0.01))
    script = Script()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"script": script}))
    script.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield script
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def service(script: Script) -> Iterator[Service]:
    """Open a client of that service."""
    with Service(Connection(parse_address(script.url), "judge_secret")) as service:
        yield service
