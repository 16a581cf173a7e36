"""What a door and its grader say to each other: one JSON object a line, data only.

door → grader: a `Request`, with the problem's files where the grader cannot read them.
grader → door: ``{"suite": [names]}``, then ``{"started": name}`` and ``{"case": {…}}`` for each case, where there are
twins ``{"compared": {…}}``, then
``{"report": {…}}``, ``{"refusal": text}`` (asked wrongly) or ``{"failure": text}`` (our fault).
"""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from judge.errors import JudgeError
from sandbox.contract import Environment, Limits

LINE_CAP = 64 << 20
_CHUNK = 1 << 18
_SURROGATE = re.compile(rb"\\u[dD]")

Json = Any


class Runs(StrEnum):
    """Whether attempts share a run, and whether the first that fails is confirmed on a run of its own.

    A person's submission has a run for every attempt. Sharing is for trials of a
    problem's own solutions, where most attempts pass and each run costs more than its case.
    """

    FRESH = "fresh"
    CONFIRMED = "confirmed"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Request:
    """A submission to grade, with what `problem.toml` says about judging it.

    `groups` and `cases` (all when empty) choose among the suite's cases;
    `scale` is how many times the problem's own time limits are in force;
    `is_explained` asks for the smallest failing input, what was asked and answered
    there and a diagnosis, `until_failure` for nothing beyond the first case that fails,
    `lists_agreements` for the error of every quantity that was compared, and
    `is_drawn` for the suite's picture of a case.
    `files`, texts by path, are the folder for a grader that sees none.
    `twins` are sources that are asked all that the submission is asked, to
    compare their answers with its own (see `judge.twins`).
    """

    problem: str
    folder: str
    source: str
    seed: int
    feedback: str
    groups: tuple[str, ...]
    entry_points: tuple[str, ...]
    points: dict[str, float]
    limits: Limits
    environment: Environment
    rival: Environment | None
    scale: float = 1.0
    cases: tuple[str, ...] = ()
    is_explained: bool = True
    until_failure: bool = False
    lists_agreements: bool = False
    is_drawn: bool = False
    runs: Runs = Runs.FRESH
    files: dict[str, str] = field(default_factory=dict)
    twins: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """Return the request as a JSON object."""
        return msgspec.to_builtins(self)

    @classmethod
    def from_json(cls, tree: Json) -> "Request":
        """Return the request that a JSON object holds."""
        return msgspec.convert(tree, cls)


def send_line(connection: socket.socket, message: Json) -> None:
    """Write one message."""
    connection.sendall(json.dumps(message).encode() + b"\n")


class Lines:
    """Messages as they come; `taken_bytes` is what they had so far.

    Raises JudgeError on one that is longer than `cap` bytes, or that is no JSON or no text.
    """

    def __init__(self, connection: socket.socket, cap: int) -> None:
        """Read from a connected stream socket."""
        self.taken_bytes = 0
        self._connection = connection
        self._cap = cap

    def __iter__(self) -> Iterator[Json]:
        """Yield messages until the other side is gone."""
        received = bytearray()
        while chunk := self._connection.recv(_CHUNK):
            self.taken_bytes += len(chunk)
            received += chunk
            if len(received) > self._cap:
                raise JudgeError("a message of the grader is too long")
            if b"\n" not in chunk:
                continue
            *whole, rest = received.split(b"\n")
            received = bytearray(rest)
            yield from map(_message, whole)


def _message(line: bytearray) -> Json:
    try:
        tree = json.loads(line)
        if _SURROGATE.search(line):
            # Half a character by itself is JSON, and cannot be written anywhere.
            json.dumps(tree, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise JudgeError("the grader sent something that is not JSON") from error
    return tree


def lines(connection: socket.socket) -> Iterator[Json]:
    """Yield messages until the other side is gone; raises as `Lines` does."""
    return iter(Lines(connection, LINE_CAP))
