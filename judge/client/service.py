"""What a client asks of a service: who am I, what is there to solve, judge this."""

from dataclasses import dataclass
from typing import Annotated, Any, Self

import msgspec

from judge.client.connection import Connection, Event, Unreachable, patience
from judge.client.errors import ServiceError
from judge.client.foreign import parse, parse_report
from judge.judging import Progress
from judge.rendering.text import printable
from judge.report import Report, case_from_json

_LINE = 200

_Word = Annotated[str, msgspec.Meta(max_length=1000)]
_Identity = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class Me(msgspec.Struct):
    """Who the service takes the caller for."""

    name: _Word
    role: _Word


class Listed(msgspec.Struct):
    """A problem as the service lists it."""

    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,64}$")]
    title: _Word


class _Made(msgspec.Struct):
    id: _Identity


class _Stand(msgspec.Struct):
    state: _Word
    report: dict[str, Any] | None = None


class _News(msgspec.Struct):
    state: _Word


@dataclass(frozen=True, slots=True)
class Ticket:
    """A submission that the service has taken, and the problem it is for."""

    identity: str
    problem: str


class Service:
    """A judge behind HTTP; close it, or use it as a context manager.

    All methods raise UsageError when the service refuses, and ServiceError when
    it does not do its part.
    """

    def __init__(self, connection: Connection) -> None:
        """Ask by this connection."""
        self._connection = connection

    def me(self) -> Me:
        """Return who the caller is."""
        me = self._connection.ask(Me, "GET", "/me")
        return Me(_line(me.name), _line(me.role))

    def problems(self) -> dict[str, str]:
        """Return the title of each problem by its slug."""
        listed = self._connection.ask(list[Listed], "GET", "/problems")
        return {problem.slug: _line(problem.title) for problem in listed}

    def submit(self, problem: str, source: str, key: str) -> Ticket:
        """Queue a solution; with the same `key` it is queued once, however often this is tried."""
        body = {"problem": problem, "source": source}
        made = self._connection.ask(_Made, "POST", "/submissions", body, Idempotency_Key=key)
        return Ticket(made.id, problem)

    def follow(self, ticket: Ticket, progress: Progress) -> None:
        """Tell of a submission until it is over; a stream that breaks is taken up where it broke."""
        path, last = f"/submissions/{ticket.identity}/events", None
        waits = patience()
        while True:
            try:
                for event in self._connection.events(path, last):
                    # Whoever hears something has reason to be patient again.
                    last, waits = event.number or last, patience()
                    if _is_last(event, progress):
                        return
            except Unreachable as error:
                next(waits)(error)

    def report(self, ticket: Ticket) -> Report:
        """Return the report on a submission that is over."""
        stand = self._connection.ask(_Stand, "GET", f"/submissions/{ticket.identity}")
        if stand.report is None:
            raise ServiceError(f"there is no report: the submission is {_line(stand.state)}")
        return parse_report(stand.report, ticket.problem)

    def cancel(self, ticket: Ticket) -> None:
        """Stop the judging of a submission."""
        self._connection.ask(dict[str, Any], "POST", f"/submissions/{ticket.identity}/cancel")

    def __enter__(self) -> Self:
        """Return the service itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._connection.close()


def _is_last(event: Event, progress: Progress) -> bool:
    """Tell of an event; return whether it is the last."""
    match event.kind:
        case "suite":
            progress.on_suite([_line(name) for name in parse(event.data, list[str])])
        case "started":
            progress.on_start(_line(parse(event.data, str)))
        case "case":
            progress.on_case(case_from_json(parse(event.data, dict[str, Any])))
        case "state":
            return parse(event.data, _News).state in ("done", "cancelled")
    return False


def _line(text: str) -> str:
    """Return foreign words as one line that is safe to show."""
    return printable(" ".join(text.split()))[:_LINE]
