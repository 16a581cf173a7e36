"""Requests to a service, tried again where that is safe and may help."""

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from judge import __version__
from judge.client.address import API, Address
from judge.client.errors import ServiceError
from judge.client.foreign import parse
from judge.errors import UsageError
from judge.messages import LINE_CAP
from judge.rendering.text import printable

if TYPE_CHECKING:
    import httpx2

Json = Any
T = TypeVar("T")

_CONNECT_SECONDS = 10.0
# A stream of events says at least every fifteen seconds that it is there.
_SILENCE_SECONDS = 45.0
_ERROR_CAP = 64 << 10
_EVENT_CAP = 1 << 20
_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
# Longer than this nobody waits for a service that is too busy.
_WAIT_CAP = 60.0
_PASSING = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a submission; `number` is where a watcher goes on who comes back, if it has one."""

    number: str
    kind: str
    data: str


class Unreachable(ServiceError):
    """There was no answer, or one that says to come back; `wait_seconds` is what the service asked for."""

    def __init__(self, message: str, wait_seconds: float | None = None) -> None:
        """Say what happened."""
        super().__init__(message)
        self.wait_seconds = wait_seconds


class Connection:
    """Speaks HTTP with one service; close it, or use it as a context manager."""

    def __init__(self, address: Address, token: str | None) -> None:
        """Prepare to speak with the service at `address`; nothing is sent yet."""
        import httpx2

        headers = {"User-Agent": f"ml-coding-judge/{__version__}", "Accept-Encoding": "identity"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._address = address
        # A proxy of the environment's is for other machines. A redirection is never followed: the token would go along.
        self._client = httpx2.Client(
            base_url=address.url + API,
            headers=headers,
            timeout=httpx2.Timeout(_SILENCE_SECONDS, connect=_CONNECT_SECONDS),
            trust_env=not address.is_loopback,
        )

    def ask(self, kind: type[T], method: str, path: str, body: Json = None, **headers: str) -> T:
        """Return what a request is answered with, which must be of a `kind`; it is sent again while that may help.

        `headers` are written with underscores for hyphens. Raises UsageError
        when the service refuses, ServiceError when it does not do its part.
        """
        for wait in patience():
            try:
                return parse(self._ask_once(method, path, body, headers), kind)
            except Unreachable as error:
                wait(error)
        raise AssertionError

    def _ask_once(self, method: str, path: str, body: Json, headers: dict[str, str]) -> bytes:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self._reaching(), self._client.stream(method, path, json=body, headers=named) as response:
            self._demand_success(response)
            return _read(response, LINE_CAP)

    def events(self, path: str, last: str | None) -> Iterator[Event]:
        """Yield what a stream tells after the event numbered `last`, until it ends.

        Raises Unreachable when it breaks, and when it ends, since who has heard the last event listens no more.
        """
        headers = {} if last is None else {"Last-Event-ID": last}
        with self._reaching(), self._client.sse(path, headers=headers, max_event_size=_EVENT_CAP) as source:
            self._demand_success(source.response)
            for event in source:
                yield Event(event.id if event.id.isascii() and event.id.isdigit() else "", event.event, event.data)
        raise Unreachable("the service ended its news before the submission was over")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        import httpx2

        try:
            yield
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            reason = printable(str(error)) or type(error).__name__
            if _is_about_certificate(error):
                raise ServiceError(f"{self._address.url}: its certificate is not to be trusted: {reason}") from error
            raise Unreachable(f"{self._address.url} cannot be reached: {reason}") from error

    def _demand_success(self, response: "httpx2.Response") -> None:
        """Raise what an answer that is no success stands for."""
        status = response.status_code
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ServiceError(f"{self._address.url} sent something that was not asked for")
        if response.is_success:
            return
        if response.has_redirect_location:
            place = printable(response.headers["location"])
            raise UsageError(f"{self._address.url} sends on to {place}; if you trust it, name that address")
        detail = _detail(response)
        # With a key, a conflict means that an earlier try of the same request is still under way.
        if status in _PASSING or (status == 409 and "idempotency-key" in response.request.headers):
            raise Unreachable(f"the service is busy: {detail}", _seconds(response.headers.get("retry-after", "")))
        if status == 401:
            raise UsageError(f"the service knows nobody by what it is shown ({detail}); see `judge login`")
        if 400 <= status < 500:
            raise UsageError(f"the service refuses: {detail}")
        raise ServiceError(f"the service failed with status {status}: {detail}")

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def __enter__(self) -> Self:
        """Return the connection itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self.close()


class Wait:
    """What to do after a try that failed: sleep, or give up when it was the last."""

    def __init__(self, seconds: float | None) -> None:
        """Sleep so long where the service asks for nothing else; None is the last try."""
        self._seconds = seconds

    def __call__(self, error: Unreachable) -> None:
        """Sleep; raise the error when there is no sense in another try."""
        asked = error.wait_seconds
        if self._seconds is None or (asked is not None and asked > _WAIT_CAP):
            raise error
        time.sleep(self._seconds if asked is None else asked)


def patience() -> Iterator[Wait]:
    """Yield one `Wait` a try, each longer than the one before it."""
    yield from map(Wait, (*_WAITS, None))


def _read(response: "httpx2.Response", cap: int) -> bytes:
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > cap:
            raise ServiceError("the service's answer is too large")
    return bytes(content)


def _detail(response: "httpx2.Response") -> str:
    """Return what a problem document says, or the status in words."""
    try:
        document = parse(_read(response, _ERROR_CAP), dict[str, Any])
        places = [str(one["detail"]) for one in document.get("errors") or []]
        return printable("; ".join([str(document["detail"]), *places[:3]]))[:1000].replace("\n", " ")
    except (ServiceError, KeyError, TypeError):
        return f"{response.status_code} {printable(response.reason_phrase)}"


def _seconds(text: str) -> float | None:
    """Return what a header Retry-After asks for, unless it is a date."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
